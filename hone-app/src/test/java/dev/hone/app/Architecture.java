package dev.hone.app;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// The boundaries between the rooms, as rules over the packages below a root: `dev.hone` for the real ones,
/// `dev.hone.canary` for those that break every rule on purpose.
record Architecture(String root) {

    /// The rooms of hone-core: values, the run, and the roles.
    private static final List<String> CORE =
            List.of("data", "run", "generate", "judge", "select", "record", "learn", "measure", "task");
    /// Those whose interfaces are roles.
    private static final List<String> ROLES = List.of("generate", "judge", "select", "learn", "measure");

    ArchRule rooms_have_no_cycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    ArchRule rooms_of_the_application_have_no_cycles() {
        return slices().matching(root + ".app.(*)..").should().beFreeOfCycles();
    }

    ArchRule rooms_of_the_engine_have_no_cycles() {
        return slices().matching(root + ".torch.(*)..").should().beFreeOfCycles();
    }

    ArchRule rooms_of_the_engine_do_not_use_what_uses_them() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".torch.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".torch");
    }

    /// What one room of the engine shows another is public, and still nobody else's.
    ArchRule the_engine_has_one_door() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".torch..")
                .should()
                .dependOnClassesThat(resideInAPackage(root + ".torch..")
                        .and(resideOutsideOfPackages(root + ".torch", root + ".torch.setting")));
    }

    ArchRule papers_do_not_lean_on_each_other() {
        return slices().matching(root + ".method.(*)..").should().notDependOnEachOther();
    }

    ArchRule values_import_no_other_room() {
        return classes()
                .that()
                .resideInAPackage(root + ".data..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", root + ".data..");
    }

    ArchRule the_core_needs_the_jdk_only() {
        return classes()
                .that()
                .resideInAnyPackage(packages(CORE))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(packages(CORE), "java..", "org.jspecify.."));
    }

    ArchRule methods_need_the_core_only() {
        return classes()
                .that()
                .resideInAPackage(root + ".method..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(packages(CORE), "java..", "org.jspecify..", root + ".method.."));
    }

    ArchRule methods_see_no_file_no_network_and_no_database() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".method..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..");
    }

    /// What a run does may not depend on when it is done: a resumed run ends as an undisturbed one.
    ArchRule methods_see_no_clock() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".method..")
                .should()
                .callMethodWhere(target(owner(nameMatching("java\\.lang\\.System")))
                        .and(target(nameMatching("nanoTime|currentTimeMillis"))))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.time\\.(Clock|Instant|Local.*|Zoned.*)");
    }

    ArchRule only_the_engine_sees_tensors() {
        return onlyIn("torch", "org.bytedeco..", "ai.djl..");
    }

    ArchRule only_the_store_sees_the_database() {
        return onlyIn("store", "org.jdbi..", "org.flywaydb..", "org.sqlite..", "java.sql..", "javax.sql..");
    }

    ArchRule only_the_application_sees_the_terminal() {
        return onlyIn("app", "picocli..", "org.jline..", "me.tongfei..", "org.knowm..");
    }

    ArchRule only_the_test_kit_sees_junit() {
        return onlyIn("testkit", "org.junit..", "org.assertj..");
    }

    ArchRule json_stays_at_the_edges() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root + ".torch..", root + ".store..", root + ".app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml..", "com.google.gson..");
    }

    ArchRule names_say_what_a_class_is() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Utils?|Helpers?|Base|Info)")
                .orShould()
                .haveNameMatching(".*[.$](Abstract|Default)[A-Z]\\w*");
    }

    ArchRule only_the_application_prints() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".app..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
    }

    /// Randomness comes from `run.step(name, round)`, never from the time or the machine. A run's own name is the
    /// one thing that shall differ each time.
    ArchRule randomness_has_a_seed() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(root + ".store.RunTable")
                .should()
                .callMethodWhere(unseeded())
                .orShould()
                .callConstructorWhere(DescribedPredicate.describe(
                        "it is a generator without a seed", Architecture::isUnseededGenerator))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.ThreadLocalRandom|java\\.security\\.SecureRandom");
    }

    private static DescribedPredicate<JavaMethodCall> unseeded() {
        return DescribedPredicate.describe("it draws without a seed", call -> switch (call.getTargetOwner()
                .getFullName()) {
            case "java.lang.Math", "java.lang.StrictMath" -> call.getName().equals("random");
            case "java.util.UUID" -> call.getName().equals("randomUUID");
            case "java.util.Collections" ->
                call.getName().equals("shuffle")
                        && call.getTarget().getRawParameterTypes().size() == 1;
            default -> false;
        });
    }

    private static boolean isUnseededGenerator(JavaConstructorCall call) {
        return Set.of("java.util.Random", "java.util.SplittableRandom")
                        .contains(call.getTargetOwner().getFullName())
                && call.getTarget().getRawParameterTypes().isEmpty();
    }

    ArchRule exceptions_say_what_failed() {
        return GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
    }

    ArchRule nothing_static_changes() {
        return fields().that()
                .areStatic()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("a run is passed, not looked up");
    }

    ArchRule absence_is_never_stored_as_an_optional() {
        return fields().should().notHaveRawType(Optional.class).because("it is a return type only");
    }

    ArchRule every_package_has_a_label_and_no_nulls() {
        return classes().should(new ArchCondition<>("lie in a package whose package-info says @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type,
                        marked,
                        "the package of " + type.getName() + " has " + (marked ? "" : "no ")
                                + "package-info with @NullMarked"));
            }
        });
    }

    ArchRule a_role_has_one_abstract_method() {
        return classes()
                .that()
                .resideInAnyPackage(packages(ROLES))
                .and()
                .areInterfaces()
                .and()
                .areTopLevelClasses()
                .and(DescribedPredicate.describe(
                        "are open",
                        type -> !type.getSimpleName().equals("package-info")
                                && !type.reflect().isSealed()))
                .should(new ArchCondition<>("have one abstract method") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        List<String> names = type.getAllMethods().stream()
                                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                                .map(HasName::getName)
                                .sorted()
                                .toList();
                        events.add(new SimpleConditionEvent(
                                type, names.size() == 1, type.getName() + " has the abstract methods " + names));
                    }
                });
    }

    private ArchRule onlyIn(String room, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    private String[] packages(List<String> rooms) {
        return rooms.stream().map(room -> root + "." + room + "..").toArray(String[]::new);
    }

    private static String[] and(String[] packages, String... others) {
        return Stream.of(packages, others).flatMap(Stream::of).toArray(String[]::new);
    }
}
