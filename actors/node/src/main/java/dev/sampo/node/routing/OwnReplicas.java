package dev.sampo.node.routing;

import dev.sampo.node.cluster.NodeNotice;
import dev.sampo.node.cluster.ReplicaNotice;
import dev.sampo.node.gateway.HostedLedger;
import dev.sampo.node.gateway.HostedLedgers;
import dev.sampo.node.gateway.Readiness;
import dev.sampo.node.gateway.StatusView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks at the replicas of this node, whichever there are at the moment. */
final class OwnReplicas {

  private OwnReplicas() {}

  /** A replica that does not answer is left out. */
  static CompletionStage<List<ReplicaNotice>> look(HostedLedgers hosted) {
    CompletionStage<List<ReplicaNotice>> seen = CompletableFuture.completedStage(List.of());
    for (var ledger : hosted.list().stream().limit(NodeNotice.REPLICAS_MAX).toList()) {
      seen =
          seen.thenCombine(
              notice(ledger).handle((notice, _) -> notice == null ? List.of() : List.of(notice)),
              OwnReplicas::joined);
    }
    return seen;
  }

  private static List<ReplicaNotice> joined(List<ReplicaNotice> before, List<ReplicaNotice> more) {
    var all = new ArrayList<>(before);
    all.addAll(more);
    return all;
  }

  private static CompletionStage<ReplicaNotice> notice(HostedLedger ledger) {
    return ledger
        .access()
        .status()
        .thenCombine(ledger.access().ready(), (status, ready) -> noticeOf(ledger, status, ready));
  }

  private static ReplicaNotice noticeOf(
      HostedLedger ledger, StatusView status, Readiness readiness) {
    var summary = ledger.summary();
    long height = status.progress().executedHeight().number();
    long highest =
        status.validators().stream()
            .flatMap(each -> each.report().stream())
            .mapToLong(report -> report.height().number())
            .max()
            .orElse(height);
    return new ReplicaNotice(
        summary.name().text(),
        summary.id().hex(),
        summary.engine(),
        summary.application(),
        summary.validators(),
        summary.isDefault(),
        readiness.isReady(),
        ledger.takesSubmissions(),
        height,
        Math.max(highest - height, 0));
  }
}
