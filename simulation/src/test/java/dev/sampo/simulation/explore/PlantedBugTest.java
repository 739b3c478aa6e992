package dev.sampo.simulation.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.consensus.simplex.SimplexEngine;
import dev.sampo.core.consensus.simplex.WeakenedEngines;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import dev.sampo.simulation.explore.ExplorationSettings.Share;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An exploration is worth something only if it finds what is wrong (2.24). */
@Tag("fault-57")
@Tag("fault-105")
class PlantedBugTest {

  /**
   * A bug, and how soon it must be found.
   *
   * @param invariants one of them is the first that breaks
   * @param within so many scenarios of {@code family} with so many {@code rounds}
   */
  record Planted(String bug, Family family, int rounds, int within, Set<String> invariants) {}

  private static final Predicate<Promise> STATEMENTS = Promise.Stated.class::isInstance;
  private static final Predicate<Promise> CERTIFICATES = Promise.CertificateHeld.class::isInstance;
  private static final Predicate<Promise> BLOCKS = Promise.BlockHeld.class::isInstance;

  static Stream<Planted> bugs() {
    return Stream.of(
        new Planted("quorum one too small", Family.TWINS, 1, 100, Set.of("I11")),
        new Planted("quorum one too large", Family.LOSSES, 1, 100, Set.of("Live2")),
        new Planted("no gap proof (N3)", Family.LOSSES, 2, 1_000, Set.of("I8")),
        new Planted("no parent proof (N2)", Family.TWINS, 2, 5_000, Set.of("I8")),
        new Planted("nullify after finalize (Z2)", Family.LOSSES, 2, 2_000, Set.of("I5")),
        new Planted("finalize after nullify (F)", Family.LOSSES, 2, 2_000, Set.of("I5")),
        new Planted("vote before sync (2.4)", Family.TWINS, 1, 10, Set.of("I6")),
        new Planted("vote not written (D1-D3)", Family.TWINS, 1, 10, Set.of("I6")),
        new Planted("block not written (D1)", Family.TWINS, 1, 10, Set.of("I6")),
        new Planted("certificate not written (D5)", Family.TWINS, 1, 10, Set.of("I6")),
        new Planted(
            "votes forgotten in a crash", Family.TWINS_AND_CRASH, 1, 1_000, Set.of("I5", "halt")),
        new Planted(
            "notarize votes forgotten", Family.TWINS_AND_CRASH, 2, 5_000, Set.of("I5", "halt")),
        new Planted("leader proposes twice (P6)", Family.TWINS, 1, 10, Set.of("I5")),
        new Planted("notarize twice (N)", Family.TWINS, 1, 100, Set.of("I5")),
        new Planted("views never time out (Z1)", Family.LOSSES, 1, 100, Set.of("Live2")),
        new Planted("nothing is sent again (S1, S2)", Family.LOSSES, 2, 2_000, Set.of("Live2")));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  @DisplayName("2.24: the exploration finds each planted bug, by its invariant")
  void isFound(Planted planted, TestReporter reporter) {
    var settings =
        new ExplorationSettings(
            List.of(planted.family()), planted.rounds(), Share.WHOLE, planted.within(), 1);

    var result = Exploration.run(settings, source(planted.bug()), run -> {});
    reporter.publishEntry(planted.bug(), "after " + result.covered() + " scenarios");

    assertThat(result.violations())
        .as("%s, after %d scenarios", planted.bug(), result.covered())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.reason().substring(0, found.reason().indexOf(':')))
                  .isIn(planted.invariants());
              assertThat(
                      Exploration.replay(
                          Scenario.parse(found.scenario().line()), source(planted.bug())))
                  .contains(found.reason());
            });
  }

  private static EngineSource source(String bug) {
    return switch (bug) {
      case "quorum one too small" ->
          (genesis, self, timing) -> WeakenedEngines.withQuorumError(genesis, self, timing, -1);
      case "quorum one too large" ->
          (genesis, self, timing) -> WeakenedEngines.withQuorumError(genesis, self, timing, 1);
      case "no gap proof (N3)" -> WeakenedEngines::withoutGapProof;
      case "no parent proof (N2)" -> WeakenedEngines::withoutParentProof;
      case "nullify after finalize (Z2)" -> wrapped(PlantedBugs.NullifiesAfterFinalize::new);
      case "finalize after nullify (F)" -> wrapped(PlantedBugs.FinalizesWithoutStateTest::new);
      case "vote before sync (2.4)" -> wrapped(PlantedBugs.SpeaksBeforeSync::new);
      case "vote not written (D1-D3)" ->
          wrapped((e, self) -> new PlantedBugs.WritesTooLittle(e, self, STATEMENTS));
      case "block not written (D1)" ->
          wrapped((e, self) -> new PlantedBugs.WritesTooLittle(e, self, BLOCKS));
      case "certificate not written (D5)" ->
          wrapped((e, self) -> new PlantedBugs.WritesTooLittle(e, self, CERTIFICATES));
      case "votes forgotten in a crash" ->
          wrapped((e, self) -> new PlantedBugs.RemembersTooLittle(e, self, STATEMENTS));
      case "notarize votes forgotten" ->
          wrapped(
              (e, self) ->
                  new PlantedBugs.RemembersTooLittle(e, self, PlantedBugTest::isNotarizeVote));
      case "leader proposes twice (P6)" -> wrapped(PlantedBugs.ProposesTwice::new);
      case "notarize twice (N)" -> wrapped(PlantedBugs.NotarizesTwice::new);
      case "views never time out (Z1)" ->
          wrapped(
              (e, self) ->
                  new PlantedBugs.Deaf(
                      e, self, EnumSet.of(TimerId.Kind.PROPOSAL, TimerId.Kind.ADVANCE)));
      case "nothing is sent again (S1, S2)" ->
          wrapped(
              (e, self) ->
                  new PlantedBugs.Deaf(
                      e,
                      self,
                      EnumSet.of(
                          TimerId.Kind.RETRY,
                          TimerId.Kind.STANDSTILL,
                          TimerId.Kind.PUSH,
                          TimerId.Kind.HEARTBEAT)));
      default -> throw new IllegalArgumentException(bug);
    };
  }

  /** A bug around a shipped engine. */
  private interface Wrapping {
    WeakenedEngine around(ConsensusEngine engine, ValidatorIndex self);
  }

  private static EngineSource wrapped(Wrapping bug) {
    return (genesis, self, timing) -> bug.around(new SimplexEngine(genesis, self, timing), self);
  }

  private static boolean isNotarizeVote(Promise promise) {
    return promise instanceof Promise.Stated(Statement.Notarize _);
  }
}
