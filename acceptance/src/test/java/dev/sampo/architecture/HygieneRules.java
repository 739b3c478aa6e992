package dev.sampo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/** Names, statics, output and null marks: the same for every layer. */
final class HygieneRules {

  private HygieneRules() {}

  static ArchRule namesSayWhatAClassIs(Layers layers) {
    return noClasses()
        .that()
        .resideInAPackage(layers.all())
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl|Data)")
        .as("R10: no class is called Util, Helper, Manager, Impl or Data")
        .because("such a name says nothing, and collects everything");
  }

  static ArchRule staticsDoNotChange(Layers layers) {
    return noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(layers.all())
        .and()
        .areStatic()
        .and(describe("written by people", field -> !synthetic(field)))
        .should()
        .notBeFinal()
        .orShould()
        .haveRawType(describe("of a mutable type", HygieneRules::isMutable))
        .as("R10: no static is mutable")
        .because("two ledgers in one process must share nothing");
  }

  static ArchRule onlyTheCommandLinePrints(Layers layers) {
    return noClasses()
        .that()
        .resideInAPackage(layers.all())
        .and()
        .resideOutsideOfPackage(layers.cluster())
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .as("R10: only the command line prints")
        .because("the standard output of the command line is a contract");
  }

  static ArchRule everyPackageIsNullMarked(Layers layers) {
    return classes()
        .that()
        .resideInAPackage(layers.all())
        .should(
            ActorRules.check(
                "be in a package that is null-marked",
                type ->
                    type.getPackage().isAnnotatedWith(NullMarked.class)
                        ? Optional.empty()
                        : Optional.of(type.getName() + " is in a package without @NullMarked")))
        .as("R11: every package is null-marked");
  }

  private static boolean synthetic(JavaField field) {
    return field.getModifiers().contains(JavaModifier.SYNTHETIC);
  }

  /** The types that hold a changing value; an interface is taken for an unmodifiable view. */
  private static boolean isMutable(JavaClass type) {
    boolean table =
        type.isAssignableTo(Map.class)
            || type.isAssignableTo(Collection.class)
            || type.isAssignableTo(ThreadLocal.class);
    return (table && !type.isInterface())
        || type.getPackageName().equals("java.util.concurrent.atomic");
  }
}
