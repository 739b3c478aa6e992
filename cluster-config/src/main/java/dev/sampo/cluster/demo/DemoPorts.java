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
 * @param readers of the readers, three for each: as for a gateway, and for forwarded requests
 */
record DemoPorts(
    List<Integer> api,
    List<Integer> peer,
    List<Integer> cluster,
    List<Integer> requests,
    List<Integer> gateways,
    List<Integer> readers) {

  /** Where the first validator serves its API, unless someone else listens there. */
  static final int FIRST_API_PORT = 8080;

  DemoPorts {
    api = List.copyOf(api);
    peer = List.copyOf(peer);
    cluster = List.copyOf(cluster);
    requests = List.copyOf(requests);
    gateways = List.copyOf(gateways);
    readers = List.copyOf(readers);
  }

  int gatewayApi(int index) {
    return gateways.get(2 * index);
  }

  int gatewayCluster(int index) {
    return gateways.get(2 * index + 1);
  }

  int readerApi(int index) {
    return readers.get(3 * index);
  }

  int readerCluster(int index) {
    return readers.get(3 * index + 1);
  }

  int readerRequests(int index) {
    return readers.get(3 * index + 2);
  }

  /** All of them chosen by the system, for validators alone. */
  static DemoPorts ephemeral(int validators) {
    return withApi(List.of(), validators, 0, 0);
  }

  /** All of them chosen by the system. */
  static DemoPorts ephemeral(DemoChoice.Sites sites) {
    return withApi(List.of(), sites.validators(), sites.gateways(), sites.readers());
  }

  /** The wanted API port and those that follow it, which must be free. */
  static DemoPorts wanted(OptionalInt first, DemoChoice.Sites sites) {
    int validators = sites.validators();
    var api = FreePorts.consecutive(first.orElse(FIRST_API_PORT), validators);
    if (api.isEmpty() && first.isPresent()) {
      int last = first.getAsInt() + validators - 1;
      throw new CommandFailed(
          ExitCode.CONFLICT,
          "not all of the ports " + first.getAsInt() + " to " + last + " are free");
    }
    return withApi(api, validators, sites.gateways(), sites.readers());
  }

  private static DemoPorts withApi(List<Integer> api, int n, int gateways, int readers) {
    int ofGateways = 4 * n + 2 * gateways;
    var free = FreePorts.any(ofGateways + 3 * readers);
    return new DemoPorts(
        api.isEmpty() ? free.subList(0, n) : api,
        free.subList(n, 2 * n),
        free.subList(2 * n, 3 * n),
        free.subList(3 * n, 4 * n),
        free.subList(4 * n, ofGateways),
        free.subList(ofGateways, free.size()));
  }
}
