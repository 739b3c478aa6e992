package dev.sampo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sampo keeps every rule, and every rule sees its planted violation and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArchitectureTest {

  private final JavaClasses written =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(Layers.SAMPO.root())
          .that(not(resideInAPackage(Layers.SAMPO.generated())));

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void sampoKeeps(ArchitectureRules rule) {
    rule.over(Layers.SAMPO).check(written);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void everyPlantedOffenderBreaks(ArchitectureRules rule) {
    var plant = rule.plant();
    var planted = new ClassFileImporter().importPackages(plant.root());
    var offenders = planted.that(simpleNameStartingWith("Offender"));

    assertThat(offenders).isNotEmpty();
    assertThatThrownBy(() -> rule.over(plant).check(planted))
        .isInstanceOf(AssertionError.class)
        .message()
        .doesNotContain("Innocent")
        .satisfies(
            message ->
                assertThat(offenders)
                    .allSatisfy(
                        each -> assertThat(message).containsPattern(each.getName() + "\\b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"core", "client", "persistence", "node", "simulation", "testkit", "cluster"})
  void everyLayerIsLookedAt(String layer) {
    assertThat(written.that(resideInAPackage(Layers.SAMPO.layer(layer)))).isNotEmpty();
  }
}
