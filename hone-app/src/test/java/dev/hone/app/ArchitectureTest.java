package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every boundary, held against the code of all modules, and against a canary that oversteps it: a rule that
/// does not report the canary would not report anything.
class ArchitectureTest {
    private static final JavaClasses HONE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.hone");
    private static final JavaClasses CANARIES = new ClassFileImporter().importPackages("dev.hone.canary");

    private static final Architecture REAL = new Architecture("dev.hone");
    private static final Architecture CANARY = new Architecture("dev.hone.canary");

    /// @param canary the rule for the canaries
    /// @param culprits each is named in what the rule says of the canaries
    private static void holds(ArchRule real, ArchRule canary, String... culprits) {
        assertThat(String.join(
                        "\n", canary.evaluate(CANARIES).getFailureReport().getDetails()))
                .as("what the rule says of the canaries")
                .contains(culprits);
        real.check(HONE);
    }

    @Test
    void the_rules_see_the_code() {
        assertThat(HONE.size()).isGreaterThan(250); // raise as Hone grows
        assertThat(List.of("data", "method.star", "torch", "torch.file", "torch.learn", "store", "testkit", "app"))
                .allSatisfy(room -> assertThat(HONE.containPackage("dev.hone." + room))
                        .as(room)
                        .isTrue());
        assertThat(HONE.containPackage("dev.hone.canary")).isFalse();
    }

    @Test
    void rooms_have_no_cycles() {
        holds(REAL.rooms_have_no_cycles(), CANARY.rooms_have_no_cycles(), "Cycle detected: Slice data");
    }

    @Test
    void rooms_of_the_application_have_no_cycles() {
        holds(
                REAL.rooms_of_the_application_have_no_cycles(),
                CANARY.rooms_of_the_application_have_no_cycles(),
                "Cycle detected: Slice left");
    }

    @Test
    void rooms_of_the_engine_have_no_cycles() {
        holds(
                REAL.rooms_of_the_engine_have_no_cycles(),
                CANARY.rooms_of_the_engine_have_no_cycles(),
                "Cycle detected: Slice kernel");
    }

    @Test
    void rooms_of_the_engine_do_not_use_what_uses_them() {
        holds(
                REAL.rooms_of_the_engine_do_not_use_what_uses_them(),
                CANARY.rooms_of_the_engine_do_not_use_what_uses_them(),
                "canary.torch.Door");
    }

    @Test
    void the_engine_has_one_door() {
        holds(REAL.the_engine_has_one_door(), CANARY.the_engine_has_one_door(), "canary.torch.sample.Upper");
    }

    @Test
    void papers_do_not_lean_on_each_other() {
        holds(
                REAL.papers_do_not_lean_on_each_other(),
                CANARY.papers_do_not_lean_on_each_other(),
                "Slice one depends on Slice two");
    }

    @Test
    void values_import_no_other_room() {
        holds(REAL.values_import_no_other_room(), CANARY.values_import_no_other_room(), "canary.run.Clockwork");
    }

    @Test
    void the_core_needs_the_jdk_only() {
        holds(
                REAL.the_core_needs_the_jdk_only(),
                CANARY.the_core_needs_the_jdk_only(),
                "org.bytedeco.javacpp.Pointer",
                "org.jdbi.v3.core.Jdbi");
    }

    @Test
    void methods_need_the_core_only() {
        holds(
                REAL.methods_need_the_core_only(),
                CANARY.methods_need_the_core_only(),
                "canary.app.left.Left",
                "canary.method.one.One");
    }

    @Test
    void methods_see_no_file_no_network_and_no_database() {
        holds(
                REAL.methods_see_no_file_no_network_and_no_database(),
                CANARY.methods_see_no_file_no_network_and_no_database(),
                "java.nio.file.Path");
    }

    @Test
    void methods_see_no_clock() {
        holds(REAL.methods_see_no_clock(), CANARY.methods_see_no_clock(), "nanoTime()", "java.time.Instant");
    }

    @Test
    void only_the_engine_sees_tensors() {
        holds(
                REAL.only_the_engine_sees_tensors(),
                CANARY.only_the_engine_sees_tensors(),
                "canary.select.Everything",
                "org.bytedeco.javacpp.Pointer");
    }

    @Test
    void only_the_store_sees_the_database() {
        holds(
                REAL.only_the_store_sees_the_database(),
                CANARY.only_the_store_sees_the_database(),
                "org.jdbi.v3.core.Jdbi");
    }

    @Test
    void only_the_application_sees_the_terminal() {
        holds(
                REAL.only_the_application_sees_the_terminal(),
                CANARY.only_the_application_sees_the_terminal(),
                "picocli.CommandLine");
    }

    @Test
    void only_the_test_kit_sees_junit() {
        holds(REAL.only_the_test_kit_sees_junit(), CANARY.only_the_test_kit_sees_junit(), "org.junit.jupiter.api.Test");
    }

    @Test
    void json_stays_at_the_edges() {
        holds(REAL.json_stays_at_the_edges(), CANARY.json_stays_at_the_edges(), "tools.jackson.databind.JsonNode");
    }

    @Test
    void names_say_what_a_class_is() {
        holds(
                REAL.names_say_what_a_class_is(),
                CANARY.names_say_what_a_class_is(),
                "canary.select.RowManager",
                "canary.select.AbstractRow");
    }

    @Test
    void only_the_application_prints() {
        holds(
                REAL.only_the_application_prints(),
                CANARY.only_the_application_prints(),
                "java.lang.System.out",
                "printStackTrace");
    }

    @Test
    void randomness_has_a_seed() {
        holds(
                REAL.randomness_has_a_seed(),
                CANARY.randomness_has_a_seed(),
                "java.lang.Math.random()",
                "java.util.Random.<init>()",
                "java.util.Collections.shuffle(java.util.List)",
                "java.util.UUID.randomUUID()",
                "ThreadLocalRandom");
    }

    @Test
    void exceptions_say_what_failed() {
        holds(
                REAL.exceptions_say_what_failed(),
                CANARY.exceptions_say_what_failed(),
                "java.lang.RuntimeException.<init>",
                "java.lang.Exception.<init>");
    }

    @Test
    void nothing_static_changes() {
        holds(REAL.nothing_static_changes(), CANARY.nothing_static_changes(), "canary.judge.Loose.count");
    }

    @Test
    void absence_is_never_stored_as_an_optional() {
        holds(
                REAL.absence_is_never_stored_as_an_optional(),
                CANARY.absence_is_never_stored_as_an_optional(),
                "canary.judge.Loose.maybe");
    }

    @Test
    void every_package_has_a_label_and_no_nulls() {
        holds(
                REAL.every_package_has_a_label_and_no_nulls(),
                CANARY.every_package_has_a_label_and_no_nulls(),
                "canary.judge.Loose has no package-info");
    }

    @Test
    void a_role_has_one_abstract_method() {
        holds(
                REAL.a_role_has_one_abstract_method(),
                CANARY.a_role_has_one_abstract_method(),
                "canary.learn.Busy has the abstract methods [first, second]");
    }
}
