package dev.sampo.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Locale;
import java.util.function.Function;

/** Every rule, for whatever root it is asked about. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are references to static methods
enum ArchitectureRules {
  R1_IMPORTS(CoreRules::dependsOnlyOnWhatIsPure),
  R2_DETERMINISM(CoreRules::asksNothingOfItsSurroundings),
  R3_ORDER(CoreRules::usesNothingHashOrdered),
  R4_PEKKO(LayerRules::pekkoStaysWithTheActors),
  R4_CONFIG(LayerRules::configurationStaysInCluster),
  R5_LAYERS(LayerRules::dependenciesPointInward),
  R5_SIMULATOR(LayerRules::onlySimulateAndChaosSimulate),
  R5_CYCLES(LayerRules::packagesFormNoCycle),
  R6_SEALED(ActorRules::messagesAreClosedSetsOfValues),
  R7_ASK(ActorRules::onlyTheClientEdgeAsks),
  R8_BLOCKING(ActorRules::nothingBlocks),
  R9_ACTORS(ActorRules::actorsHaveOneShape),
  R10_NAMES(HygieneRules::namesSayWhatAClassIs),
  R10_STATICS(HygieneRules::staticsDoNotChange),
  R10_OUTPUT(HygieneRules::onlyTheCommandLinePrints),
  R11_NULL_MARKED(HygieneRules::everyPackageIsNullMarked),
  R12_READER(LayerRules::aReaderHasNoVoice);

  private final Function<Layers, ArchRule> rule;

  ArchitectureRules(Function<Layers, ArchRule> rule) {
    this.rule = rule;
  }

  /** A layer that is still empty breaks no rule. */
  ArchRule over(Layers layers) {
    return rule.apply(layers).allowEmptyShould(true);
  }

  /** Where this rule's planted violation lives: {@code r1imports} for R1_IMPORTS. */
  Layers plant() {
    return new Layers("dev.sampo.planted." + name().toLowerCase(Locale.ROOT).replace("_", ""));
  }
}
