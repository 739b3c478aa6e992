package dev.sampo.node.gateway;

import java.util.concurrent.Executor;

/**
 * What the requests to all ledgers of a node share; the slots among it, so that more ledgers do not
 * mean more requests in hand.
 *
 * @param executor answers are made on it, whichever thread of the node completes them
 */
record ApiParts(
    GatewaySettings.Limits limits,
    Errors errors,
    Metrics metrics,
    Executor executor,
    Slots submissions,
    Slots reads) {

  static ApiParts of(
      GatewaySettings.Limits limits, Errors errors, Metrics metrics, Executor executor) {
    return new ApiParts(
        limits,
        errors,
        metrics,
        executor,
        metrics.gauged("submissions", new Slots(limits.submissions())),
        metrics.gauged("reads", new Slots(limits.reads())));
  }
}
