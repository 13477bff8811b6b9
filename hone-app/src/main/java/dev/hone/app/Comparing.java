package dev.hone.app;

import dev.hone.app.report.Columns;
import dev.hone.app.report.Json;
import dev.hone.app.wiring.GivenModel;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.torch.Parity;
import dev.hone.torch.setting.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One comparison of a model with what transformers computed.
///
/// @param device where the model is computed
/// @param json whether a program reads the result
record Comparing(Console console, Device device, boolean json) {

    int compare(String model, Path expected) {
        List<Parity.Line> lines = Parity.of(GivenModel.named(model), expected, device);
        if (json) {
            console.out().print(Json.text(lines.stream().map(Comparing::fields).toList()));
            console.out().flush();
        } else {
            console.lines(table(lines));
        }
        List<String> over = lines.stream()
                .filter(line -> !line.within())
                .map(Parity.Line::name)
                .toList();
        if (!over.isEmpty()) {
            throw new HoneException(
                    Kind.DATA,
                    over.size() + " of " + lines.size() + " figures are over their bounds (" + String.join("; ", over)
                            + "); check that " + expected + " was made with exactly these files");
        }
        if (!json) {
            console.lines(List.of("", "all " + lines.size() + " figures are within their bounds"));
        }
        return Exit.OK;
    }

    private static Map<String, Object> fields(Parity.Line line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", line.name());
        fields.put("off", Double.isFinite(line.got()) ? line.got() : Double.toString(line.got()));
        fields.put("bound", line.bound());
        fields.put("within", line.within());
        return fields;
    }

    private static List<String> table(List<Parity.Line> lines) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("figure", "off by", "bound", ""));
        lines.forEach(line ->
                rows.add(List.of(line.name(), number(line.got()), number(line.bound()), line.within() ? "" : "OVER")));
        return new Columns(rows).lines();
    }

    private static String number(double value) {
        boolean count = value == Math.rint(value) && Math.abs(value) < 1e9;
        return count ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1e", value);
    }
}
