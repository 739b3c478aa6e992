package dev.sampo.simulation.deployment;

import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.simulation.world.EventQueue;
import dev.sampo.simulation.world.Premises;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The machines of all validators, which those of different ledgers share. */
final class Hosts {

  private final Hardware hardware;
  private final Costs costs;
  private final EventQueue queue;
  private final List<Server> processors;
  private final List<Server> disks;
  private final Links links;

  Hosts(Shape shape, Hardware hardware, Costs costs, EventQueue queue) {
    this.hardware = hardware;
    this.costs = costs;
    this.queue = queue;
    this.processors = servers(shape.validators(), hardware.cores());
    this.disks = servers(shape.validators(), 1);
    this.links = new Links(shape, hardware, queue);
  }

  private static List<Server> servers(int count, int places) {
    return IntStream.range(0, count).mapToObj(_ -> new Server(places)).toList();
  }

  Links links() {
    return links;
  }

  /** How long the cores of a validator were busy so far, all of them together. */
  long busy(int validator) {
    return processors.get(validator).busy(queue.nanos());
  }

  /** Nanoseconds that everything was busy so far, by the place that it has among its kind. */
  Map<Resource, List<Long>> busy() {
    var all = new EnumMap<Resource, List<Long>>(Resource.class);
    for (var resource : Resource.values()) {
      var each = new ArrayList<Long>();
      of(resource).forEach(server -> each.add(server.busy(queue.nanos()) / server.places()));
      all.put(resource, each);
    }
    return all;
  }

  private List<Server> of(Resource resource) {
    return switch (resource) {
      case PROCESSORS -> processors;
      case DISK -> disks;
      case LINK -> links.own();
      case BETWEEN_DATA_CENTRES -> links.between();
    };
  }

  /** The machines as the members of one ledger use them. */
  Premises of(Committee committee) {
    return new Premises() {
      @Override
      public EventQueue queue() {
        return queue;
      }

      @Override
      public void carry(int from, int to, int bytes, Runnable arrival) {
        int recipient = committee.members().get(to);
        links.carry(
            committee.members().get(from), recipient, bytes, () -> handle(recipient, arrival));
      }

      @Override
      public long write(int validator) {
        var disk = disks.get(committee.members().get(validator));
        return disk.take(queue.nanos(), hardware.sync().toNanos());
      }

      @Override
      public long execute(int validator, List<ExecutedBlock> blocks) {
        long transfers = blocks.stream().mapToLong(each -> each.results().size()).sum();
        return compute(
            committee.members().get(validator),
            blocks.size() * costs.block() + transfers * costs.transfer());
      }
    };
  }

  private void handle(int validator, Runnable arrival) {
    queue.plan(compute(validator, costs.message()), EventQueue.Kind.MESSAGE, validator, arrival);
  }

  private long compute(int validator, long nanos) {
    return processors.get(validator).take(queue.nanos(), nanos);
  }
}
