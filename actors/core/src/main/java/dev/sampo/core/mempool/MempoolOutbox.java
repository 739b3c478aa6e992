package dev.sampo.core.mempool;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The effects of one step, in order. */
final class MempoolOutbox {

  private final List<ValidatorIndex> peers;
  private final LaneVoice voice;
  private List<MempoolEffect> effects = new ArrayList<>();

  MempoolOutbox(List<ValidatorIndex> peers, LaneVoice voice) {
    this.voice = voice;
    this.peers = peers;
  }

  List<ValidatorIndex> peers() {
    return peers;
  }

  void add(MempoolEffect effect) {
    effects.add(effect);
  }

  /** RE4: who is silent signs nothing about lanes, whatever its disk holds. */
  void sign(Statement statement) {
    if (voice == LaneVoice.SPEAKS) {
      add(new MempoolEffect.Sign(statement));
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
