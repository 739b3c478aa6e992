package dev.sampo.cluster.demo;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.node.system.FreePorts;
import java.util.List;
import java.util.OptionalInt;

/**
 * The loopback ports of a demo's validators, each list in the order of their indices.
 *
 * @param requests where they take requests that are forwarded
 * @param gateways of the gateways, two for each: its API, and where it meets the cluster
 */
record DemoPorts(
    List<Integer> api,
    List<Integer> peer,
    List<Integer> cluster,
    List<Integer> requests,
    List<Integer> gateways) {

  /** Where the first validator serves its API, unless someone else listens there. */
  static final int FIRST_API_PORT = 8080;

  DemoPorts {
    api = List.copyOf(api);
    peer = List.copyOf(peer);
    cluster = List.copyOf(cluster);
    requests = List.copyOf(requests);
    gateways = List.copyOf(gateways);
  }

  int gatewayApi(int index) {
    return gateways.get(2 * index);
  }

  int gatewayCluster(int index) {
    return gateways.get(2 * index + 1);
  }

  /** All of them chosen by the system. */
  static DemoPorts ephemeral(int validators) {
    return ephemeral(validators, 0);
  }

  /** As above, with gateways. */
  static DemoPorts ephemeral(int validators, int gateways) {
    return withApi(List.of(), validators, gateways);
  }

  /** The wanted API port and those that follow it, which must be free. */
  static DemoPorts wanted(OptionalInt first, int validators, int gateways) {
    var api = FreePorts.consecutive(first.orElse(FIRST_API_PORT), validators);
    if (api.isEmpty() && first.isPresent()) {
      int last = first.getAsInt() + validators - 1;
      throw new CommandFailed(
          ExitCode.CONFLICT,
          "not all of the ports " + first.getAsInt() + " to " + last + " are free");
    }
    return withApi(api, validators, gateways);
  }

  private static DemoPorts withApi(List<Integer> api, int n, int gateways) {
    var free = FreePorts.any(4 * n + 2 * gateways);
    return new DemoPorts(
        api.isEmpty() ? free.subList(0, n) : api,
        free.subList(n, 2 * n),
        free.subList(2 * n, 3 * n),
        free.subList(3 * n, 4 * n),
        free.subList(4 * n, free.size()));
  }
}
