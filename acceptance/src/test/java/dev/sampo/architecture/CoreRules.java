package dev.sampo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.Set;

/** What keeps the core pure: the same inputs give the same bytes, on every machine and run. */
final class CoreRules {

  private static final String[] PURE = {
    "java.lang",
    "java.util",
    "java.util.function",
    "java.util.stream",
    "java.time",
    "org.jspecify.."
  };
  private static final String[] BYTES = {
    "java.security", "java.security.spec", "java.nio", "java.nio.charset"
  };

  private static final Set<String> SURROUNDINGS =
      Set.of(
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.ScopedValue",
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.security.SecureRandom",
          "java.time.Clock",
          "java.time.InstantSource",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.util.TimerTask",
          "java.util.UUID");

  private static final Set<String> HASH_ORDERED =
      Set.of(
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.IdentityHashMap",
          "java.util.Hashtable",
          "java.util.WeakHashMap");

  private CoreRules() {}

  static ArchRule dependsOnlyOnWhatIsPure(Layers layers) {
    var crypto = layers.layer("core.crypto");
    var wire = layers.layer("core.wire");
    var pure = resideInAnyPackage(PURE).or(resideInAnyPackage(layers.core()));
    var bytes = pure.or(resideInAnyPackage(BYTES));
    return CompositeArchRule.of(
            classes()
                .that()
                .resideInAPackage(layers.core())
                .and()
                .resideOutsideOfPackages(crypto, wire)
                .should()
                .onlyDependOnClassesThat(pure))
        .and(classes().that().resideInAPackage(wire).should().onlyDependOnClassesThat(bytes))
        .and(
            classes()
                .that()
                .resideInAPackage(crypto)
                .should()
                .onlyDependOnClassesThat(bytes.or(resideInAnyPackage("org.bouncycastle.."))))
        .as("R1: the core uses only itself, plain values of the JDK, and JSpecify")
        .because("what it cannot reach cannot make two runs differ");
  }

  static ArchRule asksNothingOfItsSurroundings(Layers layers) {
    return noClasses()
        .that()
        .resideInAPackage(layers.core())
        .and()
        .resideOutsideOfPackage(layers.layer("core.spare")) // ADR 9
        .should()
        .dependOnClassesThat(named(SURROUNDINGS))
        .orShould()
        .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "org.slf4j.."))
        .orShould()
        .accessTargetWhere(accessOf("java.lang.System").and(not(toMember("arraycopy"))))
        .orShould()
        .accessTargetWhere(accessOf("java.lang.Math").and(toMember("random")))
        .orShould()
        .accessTargetWhere(accessOf("java.util.Collections").and(toMember("shuffle")))
        .orShould()
        .accessTargetWhere(toMember("now").and(toPackage("java.time")))
        .orShould()
        .accessTargetWhere(
            toMember("parallel").or(toMember("parallelStream")).and(toPackage("java.util")))
        .as("R2: the core asks no clock, randomness, thread, timer, environment or log")
        .because("time and chance enter as inputs");
  }

  static ArchRule usesNothingHashOrdered(Layers layers) {
    var copies = toMember("of").or(toMember("copyOf")).or(toMember("ofEntries"));
    var setsAndMaps = accessOf("java.util.Set").or(accessOf("java.util.Map"));
    return noClasses()
        .that()
        .resideInAPackage(layers.core())
        .should()
        .dependOnClassesThat(named(HASH_ORDERED))
        .orShould()
        .accessTargetWhere(setsAndMaps.and(copies))
        .orShould()
        .accessTargetWhere(accessOf("java.util.stream.Collectors").and(hashOrderedCollector()))
        .as("R3: the core uses no collection whose order is that of hashes")
        .because("its order may differ from run to run, and so would the bytes");
  }

  /** Those collectors that choose the map or the set themselves. */
  private static DescribedPredicate<JavaAccess<?>> hashOrderedCollector() {
    return describe(
        "a collector into a hash table",
        access -> {
          int arguments = access.getTarget().getFullName().split("\\(", 2)[1].split(",").length;
          return switch (access.getTarget().getName()) {
            case "toSet", "toUnmodifiableSet", "toUnmodifiableMap" -> true;
            case "toMap" -> arguments < 4;
            case "groupingBy", "groupingByConcurrent", "toConcurrentMap" -> arguments < 3;
            default -> false;
          };
        });
  }

  private static DescribedPredicate<JavaClass> named(Set<String> names) {
    return describe("one of " + names, target -> names.contains(target.getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> accessOf(String owner) {
    return describe(
        "access of " + owner, access -> access.getTargetOwner().getName().equals(owner));
  }

  private static DescribedPredicate<JavaAccess<?>> toMember(String name) {
    return describe("to " + name, access -> access.getTarget().getName().equals(name));
  }

  private static DescribedPredicate<JavaAccess<?>> toPackage(String name) {
    return describe(
        "in " + name, access -> access.getTargetOwner().getPackageName().startsWith(name));
  }
}
