package dev.sampo.cluster.profile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a validator spends CPU time on. The frame of a stack that is nearest to its top and belongs
 * to a stage decides: a checked signature counts as such wherever it was asked for.
 */
enum Stage {
  VERIFY_TRANSACTIONS(
      "dev.sampo.core.crypto.RememberingVerifier.verifyTransaction",
      "dev.sampo.core.crypto.Ed25519Suite.verifyTransaction",
      "dev.sampo.node.verification.VerdictCache"),
  VERIFY_VOTES(
      "dev.sampo.core.crypto.RememberingVerifier.verifyVote",
      "dev.sampo.core.crypto.Ed25519Suite.verifyVote",
      "dev.sampo.core.vote.",
      "dev.sampo.core.message.MessageVerifier"),
  SIGN("dev.sampo.core.crypto.ProviderSigner", "dev.sampo.core.crypto.Ed25519Signer"),
  DECODE("dev.sampo.core.message.PeerMessageCodec", "dev.sampo.node.peer.FrameParser"),
  MEMPOOL("dev.sampo.core.mempool.", "dev.sampo.node.mempool."),
  VOTE("dev.sampo.core.consensus.", "dev.sampo.node.consensus."),
  PROMISES("dev.sampo.persistence.journal.", "org.apache.pekko.persistence."),
  TREE(
      "dev.sampo.core.state.StateTree",
      "dev.sampo.core.state.Page",
      "dev.sampo.core.state.LedgerState"),
  REPLY(
      "dev.sampo.node.gateway.",
      "dev.sampo.node.execution.OutcomesActor",
      "dev.sampo.node.ledger.ActorLedgerAccess",
      "org.apache.pekko.http.",
      "org.apache.pekko.grpc."),
  EXECUTE("dev.sampo.core.execution.", "dev.sampo.core.assets.", "dev.sampo.node.execution."),
  STORE(
      "dev.sampo.persistence.store.StoredTables.commit",
      "dev.sampo.persistence.store.StoredTables.defer"),
  LINKS(
      "dev.sampo.node.peer.",
      "dev.sampo.node.ledger.Inbound",
      "org.apache.pekko.stream.",
      "org.apache.pekko.io."),
  CLUSTER("org.apache.pekko.cluster.", "org.apache.pekko.remote."),
  /** Everything else on Java threads. */
  OTHER,
  /** Java threads whose stack could not be taken. */
  UNKNOWN,
  /** The compiler, the collector, and the threads of the store: whatever is no Java thread. */
  OUTSIDE_JAVA;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> prefixes;

  Stage(String... prefixes) {
    this.prefixes = List.of(prefixes);
  }

  /**
   * The stage of a stack.
   *
   * @param frames as {@code class.method}, the innermost first
   */
  static Stage of(List<String> frames) {
    if (frames.isEmpty()) {
      return UNKNOWN;
    }
    return frames.stream().flatMap(frame -> ofFrame(frame).stream()).findFirst().orElse(OTHER);
  }

  /** {@code verify transactions}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** With what the frames of all stages begin. */
  static List<String> prefixes() {
    return Stream.of(values()).flatMap(stage -> stage.prefixes.stream()).toList();
  }

  private static Optional<Stage> ofFrame(String frame) {
    for (var stage : values()) {
      if (stage.prefixes.stream().anyMatch(frame::startsWith)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }
}
