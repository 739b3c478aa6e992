package dev.sampo.node.gateway;

import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import java.util.List;
import java.util.Optional;

/**
 * Where the ledger stands, as one node sees it.
 *
 * @param node the name of the answering node
 * @param isReader whether it follows the ledger without a vote, and is none of the validators
 * @param quorum how many validators must agree
 * @param quorumMargin how many reachable validators more than the quorum; negative: it cannot
 *     commit
 * @param validators in the order of their indices, the answering one included
 */
public record StatusView(
    String node,
    boolean isReader,
    LedgerId ledger,
    Progress progress,
    Load load,
    int quorum,
    int quorumMargin,
    int clusterMembersUp,
    List<ValidatorStatus> validators) {

  /**
   * How far the answering node is.
   *
   * @param leader the leader of {@code view}
   * @param finalHeight the newest block known to be final
   * @param executedHeight the newest block whose effects can be read
   * @param certifiedHeight the newest block whose state the validators have certified
   * @param stateRoot the root of the state at {@code executedHeight}
   * @param blockTime the ledger time of the block at {@code executedHeight}
   */
  public record Progress(
      Epoch epoch,
      View view,
      ValidatorIndex leader,
      Height finalHeight,
      Height executedHeight,
      Height certifiedHeight,
      Hash stateRoot,
      LedgerTime blockTime) {}

  /**
   * What the answering node does.
   *
   * @param uptimeMillis milliseconds since its process started
   * @param pendingTransactions waiting in its mempool
   * @param committedTransactions executed since the ledger began
   * @param syncsPerBlock disk syncs for each final block, over the last minute
   * @param blocksPerSecond final blocks in a second, over the last minute
   * @param transactionsPerSecond executed transactions in a second, over the last minute
   */
  public record Load(
      long uptimeMillis,
      long pendingTransactions,
      long committedTransactions,
      double syncsPerBlock,
      double blocksPerSecond,
      double transactionsPerSecond) {}

  /**
   * One validator as the answering node sees it.
   *
   * @param name from the node's configuration
   * @param reachable the peer link is up now; always true for the answering node
   * @param report what it last said of itself, if it ever did
   */
  public record ValidatorStatus(
      ValidatorIndex index,
      String name,
      PublicKey key,
      String dataCentre,
      boolean reachable,
      Optional<Report> report) {}

  /** What a validator says of itself. */
  public record Report(long pid, View view, Height height, Hash stateRoot) {}

  public StatusView {
    validators = List.copyOf(validators);
  }

  /** How many blocks {@code validator} is behind the highest height that any one reports. */
  public Optional<Long> lag(ValidatorStatus validator) {
    long highest =
        validators.stream()
            .flatMap(each -> each.report().stream())
            .mapToLong(report -> report.height().number())
            .max()
            .orElse(0);
    return validator.report().map(report -> highest - report.height().number());
  }
}
