package dev.sampo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The benchmarks keep the rules of all of Sampo; what JMH generates is nobody's writing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BenchmarksArchitectureTest {

  private final JavaClasses written =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sampo.benchmarks")
          .that(not(resideInAPackage("..jmh_generated..")));

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void benchmarksKeep(ArchitectureRules rule) {
    rule.over(Layers.SAMPO).check(written);
  }

  @Test
  void theBenchmarksAreLookedAt() {
    assertThat(written.that(resideInAPackage(Layers.SAMPO.benchmarks()))).isNotEmpty();
    assertThat(written.that(describe("tests", (JavaClass type) -> type.getName().endsWith("Test"))))
        .isEmpty();
  }
}
