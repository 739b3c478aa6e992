package dev.sampo.core.mempool;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Statement.Ack;
import dev.sampo.core.vote.Statement.OfRecovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The effects of one step, in order. */
final class MempoolOutbox {

  private final List<ValidatorIndex> peers;
  private OptionalInt incarnation = OptionalInt.empty();
  private List<MempoolEffect> effects = new ArrayList<>();

  MempoolOutbox(List<ValidatorIndex> peers) {
    this.peers = peers;
  }

  List<ValidatorIndex> peers() {
    return peers;
  }

  void add(MempoolEffect effect) {
    effects.add(effect);
  }

  /** RE4: from now on this validator speaks in lanes, and says with which incarnation. */
  void speakAs(int own) {
    incarnation = OptionalInt.of(own);
  }

  /** Whether this validator makes batches and acknowledges those of others (RE4). */
  boolean speaks() {
    return incarnation.isPresent();
  }

  /** L1b: the number of the first run that this validator may begin. */
  long firstRun() {
    return (long) incarnation.orElse(0) << Integer.SIZE;
  }

  /** RE4: who is silent signs nothing about lanes, whatever its disk holds. */
  void sign(Statement statement) {
    incarnation.ifPresent(
        own -> add(new MempoolEffect.Sign(statement instanceof Ack ack ? ack.by(own) : statement)));
  }

  /** About incarnations, with which silence ends. */
  void signOfLives(OfRecovery statement) {
    add(new MempoolEffect.Sign(statement));
  }

  void sendTo(List<ValidatorIndex> recipients, PeerMessage message) {
    if (!recipients.isEmpty()) {
      effects.add(new MempoolEffect.Send(recipients, message));
    }
  }

  void send(ValidatorIndex to, PeerMessage message) {
    effects.add(new MempoolEffect.Send(List.of(to), message));
  }

  void broadcast(PeerMessage message) {
    if (!peers.isEmpty()) {
      effects.add(new MempoolEffect.Send(peers, message));
    }
  }

  void setTimer(MempoolTimer timer, long nanos) {
    effects.add(new MempoolEffect.SetTimer(timer, Duration.ofNanos(Math.max(0, nanos))));
  }

  List<MempoolEffect> drain() {
    if (effects.isEmpty()) {
      return List.of();
    }
    var drained = effects;
    effects = new ArrayList<>();
    return drained;
  }
}
