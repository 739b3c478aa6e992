package dev.sampo.node;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.cluster.ClusterMember;
import dev.sampo.node.ledger.LedgerParts;
import dev.sampo.node.ledger.NodeSettings;
import dev.sampo.node.supervision.FailStop;
import dev.sampo.persistence.journal.PromiseJournal;
import dev.sampo.persistence.store.NodeStore;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a node is put together from.
 *
 * @param listener told once the gateway serves
 */
public record NodeParts(
    NodeSettings settings,
    LedgerParts.Links links,
    NodeStore store,
    PrometheusMeterRegistry registry,
    Listener listener,
    FailStop failStop) {

  /** The cluster role of the validator with index 0 is this and {@code 0}. */
  private static final String VALIDATOR_ROLE = "validator-";

  /** Told of the start of a node. */
  @FunctionalInterface
  public interface Listener {
    void serving(InetSocketAddress gateway);
  }

  /** The role by which the members of a cluster know this validator. */
  public static String roleOf(ValidatorIndex index) {
    return VALIDATOR_ROLE + index;
  }

  /** The validators of this ledger that are among the members. */
  List<ValidatorIndex> validatorsAmong(List<ClusterMember> members) {
    return settings.genesis().validators().indices().stream()
        .filter(
            index -> members.stream().anyMatch(member -> member.roles().contains(roleOf(index))))
        .toList();
  }

  LedgerParts ledgerParts() {
    var ledger = settings.genesis().ledgerId();
    return new LedgerParts(
        settings,
        links,
        new LedgerParts.Storage(
            store.ledger(),
            recovered -> PromiseJournal.create(ledger, recovered),
            store::syncCount),
        registry,
        failStop);
  }
}
