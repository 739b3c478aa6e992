package dev.sampo.simulation.explore;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Bugs that wrap the shipped engine; each is one rule of 2.3 to 2.8 left out. */
final class PlantedBugs {

  private PlantedBugs() {}

  /** Z2: joins a nullification of a view that it has finalized. */
  static final class NullifiesAfterFinalize extends WeakenedEngine {
    NullifiesAfterFinalize(ConsensusEngine engine, ValidatorIndex self) {
      super(engine, self);
    }

    @Override
    List<Effect> after(Input input, List<Effect> effects) {
      var vote = voteIn(input).map(Vote::statement);
      if (vote.isPresent()
          && vote.get() instanceof Statement.Nullify nullify
          && !said().contains(nullify)
          && said().stream()
              .anyMatch(
                  s -> s instanceof Statement.Finalize f && f.view().equals(nullify.view()))) {
        return joined(effects, forced(nullify));
      }
      return effects;
    }
  }

  /** F's state test: finalizes what is notarized, though it has nullified the view. */
  static final class FinalizesWithoutStateTest extends WeakenedEngine {
    FinalizesWithoutStateTest(ConsensusEngine engine, ValidatorIndex self) {
      super(engine, self);
    }

    @Override
    List<Effect> after(Input input, List<Effect> effects) {
      var more = new ArrayList<>(effects);
      for (var effect : effects) {
        if (effect instanceof Effect.Persist(_, var promises)) {
          for (var promise : promises) {
            if (promise instanceof Promise.CertificateHeld(var certificate)
                && certificate.statement() instanceof Statement.Notarize(var epoch, var view, var h)
                && said().contains(new Statement.Nullify(epoch, view))) {
              more.addAll(forced(new Statement.Finalize(epoch, view, h)));
            }
          }
        }
      }
      return more;
    }
  }

  /** 2.4's barrier: signs and sends first, writes afterwards. */
  static final class SpeaksBeforeSync extends WeakenedEngine {
    SpeaksBeforeSync(ConsensusEngine engine, ValidatorIndex self) {
      super(engine, self);
    }

    private final List<Effect> owed = new ArrayList<>();

    @Override
    List<Effect> after(Input input, List<Effect> effects) {
      var changed = new ArrayList<Effect>();
      for (var effect : effects) {
        (effect instanceof Effect.Persist ? owed : changed).add(effect);
      }
      if (input instanceof Input.StatementSigned) {
        changed.addAll(owed);
        owed.clear();
      }
      return changed;
    }
  }

  /** Writes everything but what {@code isForgotten} says. */
  static final class WritesTooLittle extends WeakenedEngine {
    private final Predicate<Promise> isForgotten;

    WritesTooLittle(ConsensusEngine engine, ValidatorIndex self, Predicate<Promise> isForgotten) {
      super(engine, self);
      this.isForgotten = isForgotten;
    }

    @Override
    List<Effect> after(Input input, List<Effect> effects) {
      return effects.stream()
          .map(
              effect ->
                  effect instanceof Effect.Persist(var number, var promises)
                      ? new Effect.Persist(number, without(promises, isForgotten))
                      : effect)
          .toList();
    }
  }

  /** Does not read back what {@code isForgotten} says when it starts again. */
  static final class RemembersTooLittle extends WeakenedEngine {
    private final Predicate<Promise> isForgotten;

    RemembersTooLittle(
        ConsensusEngine engine, ValidatorIndex self, Predicate<Promise> isForgotten) {
      super(engine, self);
      this.isForgotten = isForgotten;
    }

    @Override
    Input before(Input input) {
      return input instanceof Input.Started(var recovered)
          ? new Input.Started(
              new Recovered(
                  without(recovered.promises(), isForgotten),
                  recovered.lastFinal(),
                  recovered.finality()))
          : input;
    }
  }

  /** P6: a leader that proposes a second block in its view. */
  static final class ProposesTwice extends WeakenedEngine {
    private Optional<Proposal> second = Optional.empty();

    ProposesTwice(ConsensusEngine engine, ValidatorIndex self) {
      super(engine, self);
    }

    @Override
    List<Effect> after(Input input, List<Effect> effects) {
      for (var effect : effects) {
        if (effect instanceof Effect.Send(_, _, Proposal(var block, var signature, var proofs))
            && second.isEmpty()) {
          var other = later(block);
          var statement = new Statement.Propose(block.header().epoch(), block.view(), other.hash());
          second = Optional.of(new Proposal(other, signature, proofs));
          return joined(effects, forced(statement, new Promise.BlockHeld(other)));
        }
      }
      return effects;
    }

    @Override
    ConsensusMessage signed(Statement statement, Vote vote) {
      var proposal = second.orElseThrow();
      return new Proposal(proposal.block(), vote.signature(), proposal.justification());
    }

    private static Block later(Block block) {
      var header = block.header();
      return new Block(
          new BlockHeader(
              header.version(),
              header.ledger(),
              header.position(),
              header.time().plusMillis(1),
              header.proposer(),
              header.type(),
              header.content()),
          block.cut(),
          block.inline());
    }
  }

  /** N: notarizes a second proposal of the view as well. */
  static final class NotarizesTwice extends WeakenedEngine {
    NotarizesTwice(ConsensusEngine engine, ValidatorIndex self) {
      super(engine, self);
    }

    @Override
    List<Effect> after(Input input, List<Effect> effects) {
      if (input instanceof Input.MessageReceived received
          && received.message().message() instanceof Proposal(var block, _, _)) {
        var statement = new Statement.Notarize(block.header().epoch(), block.view(), block.hash());
        boolean isSecond =
            said().stream()
                .anyMatch(
                    s ->
                        s instanceof Statement.Notarize(_, var view, _)
                            && view.equals(block.view()));
        if (isSecond && !said().contains(statement)) {
          return joined(effects, forced(statement, new Promise.BlockHeld(block)));
        }
      }
      return effects;
    }
  }

  /** S1, S2, C3, T_adv: ignores timers of these kinds. */
  static final class Deaf extends WeakenedEngine {
    private final Set<TimerId.Kind> ignored;

    Deaf(ConsensusEngine engine, ValidatorIndex self, Set<TimerId.Kind> ignored) {
      super(engine, self);
      this.ignored = ignored;
    }

    @Override
    Input before(Input input) {
      return input instanceof Input.TimerFired(var timer) && ignored.contains(timer.kind())
          ? new Input.PeerHeard(self())
          : input;
    }
  }

  static List<Promise> without(List<Promise> promises, Predicate<Promise> forgotten) {
    return promises.stream().filter(forgotten.negate()).toList();
  }

  private static List<Effect> joined(List<Effect> first, List<Effect> then) {
    var all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }
}
