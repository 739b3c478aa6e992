package dev.sampo.node.gateway;

import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.PublicKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** How the nodes of one validator share its replicas. Thread-safe. */
public interface SharedPlacement {

  /** The key that has to sign orders to move a replica. */
  PublicKey validator();

  /** Those that are there, as this node has heard last, in the order of their names. */
  CompletionStage<List<NodePlacement>> look();

  /** Begins a move that the validator has signed; completes once it is under way. */
  CompletionStage<MoveOutcome> move(MoveOrder order);
}
