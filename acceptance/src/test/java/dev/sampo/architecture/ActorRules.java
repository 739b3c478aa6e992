package dev.sampo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;

/** How actors look, and what they must not do. */
final class ActorRules {

  private static final String BEHAVIOR = "org.apache.pekko.actor.typed.ExtensibleBehavior";

  private static final Map<String, Set<String>> BLOCKING =
      Map.of(
          "java.lang.Thread", Set.of("sleep", "join"),
          "java.lang.Object", Set.of("wait"),
          "java.lang.Process", Set.of("waitFor"),
          "java.util.concurrent.BlockingQueue", Set.of("take", "put"),
          "java.util.concurrent.CountDownLatch", Set.of("await"),
          "java.util.concurrent.CyclicBarrier", Set.of("await"),
          "java.util.concurrent.ExecutorService", Set.of("awaitTermination", "invokeAll", "close"),
          "java.util.concurrent.Semaphore", Set.of("acquire"),
          "java.util.concurrent.locks.Condition", Set.of("await"),
          "java.util.concurrent.locks.LockSupport", Set.of("park", "parkNanos", "parkUntil"));

  private ActorRules() {}

  static ArchRule messagesAreClosedSetsOfValues(Layers layers) {
    return classes()
        .that()
        .resideInAPackage(layers.all())
        .and()
        .areInterfaces()
        .and()
        .haveNameMatching(".*(Input|Effect|Command)")
        .should(
            check(
                "be sealed with cases that are records or enums",
                type -> openCase(type.reflect()).map(found -> found + " is open")))
        .as("R6: inputs, effects and commands are sealed, their cases records or enums")
        .because("a new case must break the build where it is not handled");
  }

  static ArchRule onlyTheClientEdgeAsks(Layers layers) {
    var edge = resideInAPackage(layers.layer("node.gateway"));
    var behindItsPort =
        describe(
            "behind a port of the gateway",
            (JavaClass type) -> outermost(type).getAllRawInterfaces().stream().anyMatch(edge));
    return noClasses()
        .that(DescribedPredicate.not(edge.or(behindItsPort)))
        .should()
        .accessTargetWhere(
            describe(
                "an actor is asked",
                (JavaAccess<?> access) ->
                    access.getTarget().getName().startsWith("ask")
                        && access.getTargetOwner().getName().startsWith("org.apache.pekko.")))
        .as("R7: only the client edge asks")
        .because("inside, an answer is a message, and nobody waits for it");
  }

  static ArchRule nothingBlocks(Layers layers) {
    return noClasses()
        .that()
        .resideInAnyPackage(
            layers.core(),
            layers.node(),
            layers.layer("persistence.journal"),
            layers.simulation(),
            layers.testkit())
        .should()
        .accessTargetWhere(describe("the caller blocks", ActorRules::blocks))
        .as("R8: nothing blocks but the client library, the storage workers and the command line")
        .because("a dispatcher's thread that waits is missed by every other actor");
  }

  static ArchRule actorsHaveOneShape(Layers layers) {
    return classes()
        .that()
        .resideInAPackage(layers.all())
        .and()
        .areAssignableTo(BEHAVIOR)
        .should(check("have the shape of an actor", ActorRules::misshapen))
        .as("R9: an actor is final, made by a static create, and nests its sealed Command")
        .because("a reader finds the same things in the same places");
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ActorRules::outermost).orElse(type);
  }

  private static boolean blocks(JavaAccess<?> access) {
    var owner = access.getTargetOwner();
    var name = access.getTarget().getName();
    if (owner.getName().startsWith("scala.concurrent.Await")) {
      return true;
    }
    if (owner.isAssignableTo(Future.class)) {
      return name.equals("join") || name.equals("get");
    }
    return BLOCKING.entrySet().stream()
        .anyMatch(each -> owner.isAssignableTo(each.getKey()) && each.getValue().contains(name));
  }

  private static Optional<String> openCase(Class<?> type) {
    if (type.isRecord() || type.isEnum()) {
      return Optional.empty();
    }
    if (!type.isSealed()) {
      return Optional.of(type.getName());
    }
    return Arrays.stream(type.getPermittedSubclasses())
        .map(ActorRules::openCase)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> misshapen(JavaClass actor) {
    var name = actor.getName();
    var creates =
        actor.getMethods().stream()
            .anyMatch(
                method ->
                    method.getName().equals("create")
                        && method.getModifiers().contains(JavaModifier.STATIC));
    var nestsCommand =
        List.of(actor.reflect().getDeclaredClasses()).stream()
            .anyMatch(each -> each.getSimpleName().equals("Command") && each.isSealed());
    var hidden =
        actor.getConstructors().stream()
            .allMatch(constructor -> constructor.getModifiers().contains(JavaModifier.PRIVATE));
    if (!actor.getModifiers().contains(JavaModifier.FINAL)) {
      return Optional.of(name + " is not final");
    }
    if (!hidden) {
      return Optional.of(name + " has a constructor that is not private");
    }
    if (!creates) {
      return Optional.of(name + " has no static create");
    }
    return nestsCommand ? Optional.empty() : Optional.of(name + " nests no sealed Command");
  }

  static ArchCondition<JavaClass> check(
      String description, Function<JavaClass, Optional<String>> fault) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        fault
            .apply(type)
            .ifPresent(found -> events.add(SimpleConditionEvent.violated(type, found)));
      }
    };
  }
}
