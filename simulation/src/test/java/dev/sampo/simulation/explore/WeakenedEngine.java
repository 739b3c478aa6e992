package dev.sampo.simulation.explore;

import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.ConsensusVote;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A shipped engine whose inputs and effects a planted bug changes. */
abstract class WeakenedEngine implements ConsensusEngine {

  private final ConsensusEngine engine;
  private final ValidatorIndex self;
  private final List<Statement> said = new ArrayList<>();
  private final List<Statement> forced = new ArrayList<>();
  private long sequence;

  WeakenedEngine(ConsensusEngine engine, ValidatorIndex self) {
    this.engine = engine;
    this.self = self;
  }

  @Override
  public final List<Effect> step(Input input, Moment now) {
    if (input instanceof Input.StatementSigned(var statement, var signature)
        && forced.contains(statement)) {
      var message = signed(statement, new Vote(statement, self, signature));
      return List.of(new Effect.Send(peers(), engine.status().finalView(), message));
    }
    var effects = new ArrayList<>(after(input, engine.step(before(input), now)));
    for (var effect : effects) {
      if (effect instanceof Effect.Persist(_, var promises)) {
        promises.forEach(this::note);
      }
    }
    return effects.stream().map(this::numbered).toList();
  }

  @Override
  public final EngineStatus status() {
    return engine.status();
  }

  final ValidatorIndex self() {
    return self;
  }

  /** What this engine promised to say so far, in this life. */
  final List<Statement> said() {
    return said;
  }

  /** A vote that the shipped engine did not cast, durable before it is signed. */
  final List<Effect> forced(Statement statement, Promise... rests) {
    forced.add(statement);
    var promises = new ArrayList<>(List.of(rests));
    promises.add(new Promise.Stated(statement));
    return List.of(new Effect.Persist(0, promises), new Effect.Sign(statement));
  }

  /** The input as the planted bug sees it. */
  Input before(Input input) {
    return input;
  }

  /** The effects as the planted bug leaves them. */
  List<Effect> after(Input input, List<Effect> effects) {
    return effects;
  }

  /** How a forced statement is told. */
  ConsensusMessage signed(Statement statement, Vote vote) {
    return new ConsensusVote(vote);
  }

  static Optional<Vote> voteIn(Input input) {
    return input instanceof Input.MessageReceived received
            && received.message().message() instanceof ConsensusVote(var vote)
        ? Optional.of(vote)
        : Optional.empty();
  }

  private void note(Promise promise) {
    if (promise instanceof Promise.Stated(var statement)) {
      said.add(statement);
    }
  }

  private Effect numbered(Effect effect) {
    return effect instanceof Effect.Persist(_, var promises)
        ? new Effect.Persist(sequence++, promises)
        : effect;
  }

  private List<ValidatorIndex> peers() {
    return IntStream.range(0, Cast.VALIDATORS)
        .mapToObj(ValidatorIndex::of)
        .filter(index -> !index.equals(self))
        .toList();
  }
}
