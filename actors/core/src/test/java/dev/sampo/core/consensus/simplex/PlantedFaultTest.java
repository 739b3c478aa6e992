package dev.sampo.core.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.testing.Chaos;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The random schedules are worth something only if they find planted faults (2.24). */
class PlantedFaultTest {

  private static final int SCHEDULES_MAX = 400;

  @Test
  @DisplayName("2.24: finds a voter that does without the gap proof (N3, ava281)")
  void findsMissingGapProof() {
    assertThat(firstViolation(seed -> Chaos.run(seed, 4, 1, engines(4, new Gapless(), 0))))
        .isPresent();
  }

  @Test
  @DisplayName("2.24: finds a quorum that is one too small (q = 3 at n = 6)")
  void findsSmallQuorum() {
    assertThat(firstViolation(seed -> Chaos.run(seed, 6, 1, engines(6, new ParentRule(), -1))))
        .isPresent();
  }

  @Test
  @DisplayName("2.24: finds votes that do not survive a crash (2.4)")
  void findsVolatileVotes() {
    assertThat(
            firstViolation(seed -> Chaos.runForgetful(seed, 4, 1, engines(4, new ParentRule(), 0))))
        .isPresent();
  }

  /** The violation that the first bad schedule shows. */
  private static Optional<String> firstViolation(LongConsumer schedule) {
    for (long seed = 1; seed <= SCHEDULES_MAX; seed++) {
      try {
        schedule.accept(seed);
      } catch (AssertionError found) {
        return Optional.of(String.valueOf(found.getCause()));
      }
    }
    return Optional.empty();
  }

  private static Function<ValidatorIndex, ConsensusEngine> engines(
      int validators, ParentRule parents, int quorumError) {
    var genesis = Fakes.genesis(validators);
    return index -> {
      var right = Committee.of(genesis, index);
      var committee =
          new Committee(
              right.ledger(),
              right.epoch(),
              right.validators(),
              right.validatorSetHash(),
              right.schedule(),
              right.self(),
              right.quorum() + quorumError);
      return new SimplexEngine(genesis, committee, Timing.lan(genesis), parents);
    };
  }

  /** Takes any gap for proven. */
  private static final class Gapless extends ParentRule {
    @Override
    Optional<List<Certificate>> gapProof(View parent, View child, Slots slots) {
      var known = new ArrayList<Certificate>();
      for (var view = parent.next(); view.isBefore(child); view = view.next()) {
        slots.find(view).flatMap(Slot::nullification).ifPresent(known::add);
      }
      return Optional.of(known);
    }
  }
}
