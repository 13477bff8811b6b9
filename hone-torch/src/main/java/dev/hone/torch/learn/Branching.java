package dev.hone.torch.learn;

import dev.hone.torch.objective.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Texts that begin alike, laid as a tree: each beginning that several of them share is there once.
///
/// @param texts which texts, by index
/// @param paths for each of `texts`, at which place of the tree each of its tokens lies
/// @param size places of the tree, the first is 0
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
record Branching(List<Integer> texts, List<int[]> paths, int size) {

    /// The texts' indices in the order of their tokens, so that those that begin alike lie side by side.
    static List<Integer> inOrder(List<Text> texts) {
        return IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparing(i -> texts.get(i).ids(), Arrays::compare))
                .toList();
    }

    /// All texts as trees of no more than `most` places.
    ///
    /// @param inOrder of [#inOrder]
    /// @param most at least as many as the longest text has tokens
    static List<Branching> of(List<Text> texts, List<Integer> inOrder, int most) {
        List<Branching> trees = new ArrayList<>();
        Branching tree = new Branching(new ArrayList<>(), new ArrayList<>(), 0);
        for (int i : inOrder) {
            Text text = texts.get(i);
            int shared =
                    tree.texts.isEmpty() ? 0 : texts.get(tree.texts.getLast()).sharedWith(text);
            if (shared == 0 || tree.size + text.ids().length - shared > most) {
                trees.add(tree);
                tree = new Branching(new ArrayList<>(), new ArrayList<>(), 0);
                shared = 0;
            }
            tree = tree.with(i, shared, text.ids().length - shared);
        }
        trees.add(tree);
        return trees.subList(1, trees.size());
    }

    private Branching with(int text, int shared, int own) {
        int[] path = shared == 0 ? new int[own] : Arrays.copyOf(paths.getLast(), shared + own);
        for (int j = 0; j < own; j++) {
            path[shared + j] = size + j;
        }
        texts.add(text);
        paths.add(path);
        return new Branching(texts, paths, size + own);
    }
}
