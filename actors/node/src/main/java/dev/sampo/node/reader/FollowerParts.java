package dev.sampo.node.reader;

import dev.sampo.core.execution.TransactionVerdicts;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.sync.AnswerCheck;
import dev.sampo.core.sync.Follower;
import dev.sampo.node.supervision.FailStop;
import java.util.concurrent.Executor;

/**
 * What a follower works with.
 *
 * @param check for one answer at a time
 * @param verdicts on signatures of clients
 * @param executors what runs beside the actor
 */
record FollowerParts(
    Genesis genesis,
    LedgerStore store,
    Follower follower,
    AnswerCheck check,
    TransactionVerdicts verdicts,
    FollowedReplicas replicas,
    Executors executors,
    FailStop failStop) {

  /**
   * Where work is done that an actor must not do.
   *
   * @param workers check signatures
   * @param storage blocks on the disk
   */
  record Executors(Executor workers, Executor storage) {}
}
