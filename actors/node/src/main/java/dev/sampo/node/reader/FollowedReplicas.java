package dev.sampo.node.reader;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.gateway.FollowQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The validators' replicas that a reader may ask. Thread-safe; returns at once. */
public interface FollowedReplicas {

  /** The names of the nodes that host one now, the best to ask first. */
  List<String> of(LedgerId ledger);

  /**
   * The messages of an answer that nobody has checked; nothing if it is malformed. Fails if there
   * is none in time.
   */
  CompletionStage<Optional<List<PeerMessage>>> ask(
      String source, LedgerId ledger, FollowQuery query);
}
