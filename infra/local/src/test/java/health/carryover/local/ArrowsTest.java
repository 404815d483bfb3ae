package health.carryover.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts of the house may know which: functions know platform, platform knows clinical, and never back. */
class ArrowsTest {
    private static final List<String> FUNCTIONS =
            List.of("upload", "motionanalysis", "events", "risk", "escalation", "patientapi", "clinicapi");
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("health.carryover");

    private static String[] functionPackages() {
        return FUNCTIONS.stream().map(name -> "health.carryover." + name + "..").toArray(String[]::new);
    }

    @Test
    void the_whole_house_was_read() {
        for (String part : List.of("clinical.motion", "platform.http", "local.cloud", "training"))
            assertThat(HOUSE.containPackage("health.carryover." + part))
                    .as(part)
                    .isTrue();
        FUNCTIONS.forEach(name -> assertThat(HOUSE.containPackage("health.carryover." + name))
                .as(name)
                .isTrue());
    }

    @Test
    void clinical_knows_the_jdk_and_nothing_else() {
        classes()
                .that()
                .resideInAPackage("health.carryover.clinical..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "health.carryover.clinical..", "java.lang..", "java.util..", "java.time..", "org.jspecify..")
                .check(HOUSE);
    }

    @Test
    void platform_knows_clinical_but_no_function_and_no_infrastructure() {
        noClasses()
                .that()
                .resideInAPackage("health.carryover.platform..")
                .should()
                .dependOnClassesThat(resideInAPackage("health.carryover..")
                        .and(not(resideInAnyPackage("health.carryover.platform..", "health.carryover.clinical.."))))
                .check(HOUSE);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"upload", "motionanalysis", "events", "risk", "escalation", "patientapi", "clinicapi"})
    void a_function_knows_the_layers_and_no_other_function(String function) {
        noClasses()
                .that()
                .resideInAPackage("health.carryover." + function + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("health.carryover..")
                        .and(not(resideInAnyPackage(
                                "health.carryover.platform..",
                                "health.carryover.clinical..",
                                "health.carryover." + function + ".."))))
                .check(HOUSE);
    }

    @Test
    void nothing_knows_the_local_cloud() {
        noClasses()
                .that()
                .resideOutsideOfPackages("health.carryover.local..", "health.carryover.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("health.carryover.local..")
                .check(HOUSE);
    }

    @Test
    void emulators_stay_inside_the_local_cloud() {
        noClasses()
                .that()
                .resideOutsideOfPackages("health.carryover.local..", "health.carryover.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.dynamodb.services.local..", "org.gaul..")
                .check(HOUSE);
    }

    @Test
    void time_and_zone_are_handed_in_and_never_taken_from_the_machine() {
        String[] timed = {"health.carryover.clinical..", "health.carryover.platform.."};
        for (String[] packages : List.of(timed, functionPackages())) {
            noClasses()
                    .that()
                    .resideInAnyPackage(packages)
                    .should()
                    .callMethod(Instant.class, "now")
                    .check(HOUSE);
            noClasses()
                    .that()
                    .resideInAnyPackage(packages)
                    .should()
                    .callMethod(LocalDate.class, "now")
                    .check(HOUSE);
            noClasses()
                    .that()
                    .resideInAnyPackage(packages)
                    .should()
                    .callMethod(ZoneId.class, "systemDefault")
                    .check(HOUSE);
            noClasses()
                    .that()
                    .resideInAnyPackage(packages)
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .check(HOUSE);
        }
    }

    @Test
    void functions_read_their_environment_from_one_place() {
        noClasses()
                .that()
                .resideInAPackage("health.carryover..")
                .and()
                .resideOutsideOfPackages(
                        "health.carryover.platform.environment..",
                        "health.carryover.local..",
                        "health.carryover.bench..",
                        "health.carryover.training..")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(HOUSE);
    }

    @Test
    void every_package_says_that_null_is_said_aloud() {
        assertThat(HOUSE.stream()
                        .filter(type -> !type.getPackageName().startsWith("health.carryover.platform.streams.wire"))
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(found -> !found.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                        .map(found -> found.getName()))
                .isEmpty();
    }

    @Test
    void handlers_can_be_built_by_lambda() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Handler")
                .and()
                .resideInAnyPackage(functionPackages())
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .check(HOUSE);
    }
}
