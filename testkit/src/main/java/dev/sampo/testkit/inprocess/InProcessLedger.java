package dev.sampo.testkit.inprocess;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TrustAnchor;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.node.cluster.ClusterKeys;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.simulation.proxy.DirectedLink;
import dev.sampo.simulation.proxy.FaultProxy;
import dev.sampo.simulation.proxy.FaultyLinks;
import dev.sampo.simulation.proxy.LinkCondition;
import dev.sampo.simulation.proxy.NotExpressible;
import dev.sampo.testkit.ledger.LedgerPlan;
import dev.sampo.testkit.ledger.LedgerUnderTest;
import dev.sampo.testkit.ledger.Reachability;
import dev.sampo.testkit.ledger.ValidatorView;
import dev.sampo.testkit.ledger.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Real validators in this JVM, whose peer links lead through the fault proxy and whose cluster runs
 * in Artery's test mode. Faults of links and crashes of processes are real; what would need another
 * disk, clock or validator's program is refused with {@link NotExpressible}.
 */
public final class InProcessLedger implements LedgerUnderTest {

  private static final Duration READY_MAX = Duration.ofSeconds(60);

  private final LedgerPlan plan;
  private final Grounds grounds;
  private final FaultProxy proxy;
  private final FaultyLinks links;
  private final List<RealValidator> validators = new ArrayList<>();
  private final List<SampoClient> clients = new ArrayList<>();
  private final RealTime time = new RealTime();

  private InProcessLedger(LedgerPlan plan, Grounds grounds, FaultProxy proxy) {
    this.plan = plan;
    this.grounds = grounds;
    this.proxy = proxy;
    this.links = new FaultyLinks(plan.validators());
  }

  /** Starts all validators and returns once a quorum of them is linked and each one serves. */
  public static InProcessLedger start(LedgerPlan plan) {
    return start(plan, Storage.EMBEDDED);
  }

  /** As {@link #start(LedgerPlan)}, with replicas elsewhere. */
  public static InProcessLedger start(LedgerPlan plan, Storage storage) {
    InProcessLedger ledger;
    try {
      var grounds = Grounds.prepare(plan, storage);
      ledger = new InProcessLedger(plan, grounds, FaultProxy.start(plan.seed()));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot prepare the validators", failed);
    }
    try {
      ledger.startAll();
    } catch (IOException failed) {
      ledger.close();
      throw new UncheckedIOException("cannot start the validators", failed);
    } catch (RuntimeException failed) {
      ledger.close();
      throw failed;
    }
    return ledger;
  }

  private void startAll() throws IOException {
    var ports = new TreeMap<DirectedLink, Integer>();
    for (var link : links.links()) {
      var target =
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), grounds.ports().peer().get(link.to()));
      ports.put(link, proxy.open(link, target));
    }
    var assembly = new Assembly(plan, grounds, ports);
    var trust = new TrustAnchor.Document(grounds.genesis());
    for (int i = 0; i < plan.validators(); i++) {
      validators.add(assembly.validator(i));
      clients.add(SampoClient.connect(ClientSettings.of(trust, endpoint(i))));
    }
    validators.forEach(RealValidator::start);
    for (int i = 0; i < plan.validators(); i++) {
      int index = i;
      if (!time.runUntil(() -> Readiness.isReady(endpoint(index)), READY_MAX)) {
        throw new IllegalStateException("validator " + i + " is not ready in time " + failures());
      }
    }
  }

  private String endpoint(int validator) {
    return "http://127.0.0.1:" + grounds.ports().api().get(validator);
  }

  @Override
  public LedgerPlan plan() {
    return plan;
  }

  @Override
  public Genesis genesis() {
    return grounds.genesis();
  }

  @Override
  public VirtualClock clock() {
    return time;
  }

  @Override
  public LedgerTime ledgerTime() {
    return LedgerTime.ofMillis(System.currentTimeMillis());
  }

  @Override
  public void apply(Fault fault) {
    if (links.note(fault)) {
      links.links().forEach(this::update);
      return;
    }
    switch (fault) {
      case Fault.Crash(int validator, var tail) -> crash(validator, tail);
      case Fault.Restart(int validator) -> restart(validator);
      case Fault.Pause _ -> refuse("one of several validators in a JVM cannot stand still alone");
      case Fault.SlowDisk _, Fault.FailDisk _, Fault.RotBit _, Fault.MisdirectWrite _ ->
          refuse("the disk is that of the machine");
      case Fault.WipeDisk _, Fault.RollBackDisk _, Fault.RecoverDisk _, Fault.StartCopy _ ->
          refuse("a disk is neither wiped nor restored");
      case Fault.SkewClock _, Fault.JumpClock _ ->
          refuse("all validators of a JVM share the machine's clock");
      case Fault.Corrupt _ -> refuse("real validators run the honest program");
      case Fault.Partition _,
          Fault.Cut _,
          Fault.Heal _,
          Fault.Delay _,
          Fault.Drop _,
          Fault.Duplicate _,
          Fault.Replay _ ->
          throw new IllegalStateException("a fault of links was not noted: " + fault);
    }
  }

  private static void refuse(String reason) {
    throw new NotExpressible(List.of(reason));
  }

  private void update(DirectedLink link) {
    var condition = links.condition(link);
    if (!proxy.condition(link).equals(condition)) {
      proxy.set(link, condition);
    }
    severCluster(link);
  }

  private void severCluster(DirectedLink link) {
    validators
        .get(link.from())
        .system()
        .filter(_ -> validators.get(link.from()).isUp())
        .ifPresent(
            system ->
                ClusterFaults.sever(
                    system, grounds.ports().cluster().get(link.to()), links.isSevered(link)));
  }

  private void crash(int index, Tail tail) {
    if (tail != Tail.KEPT) {
      refuse("what a killed process has written stays with the operating system: crash with KEPT");
    }
    var validator = validators.get(index);
    var own = links.links().stream().filter(link -> link.from() == index).toList();
    // Nothing leaves any more while the actors end one after the other.
    own.forEach(link -> proxy.set(link, LinkCondition.CLEAR.with(LinkCondition.Traffic.REFUSED)));
    validator.kill();
    validator.awaitEnd();
    own.forEach(link -> proxy.set(link, links.condition(link)));
  }

  private void restart(int index) {
    var validator = validators.get(index);
    validator.kill();
    validator.awaitEnd();
    validator.start();
    links.links().stream().filter(link -> link.from() == index).forEach(this::severCluster);
  }

  @Override
  public CompletableFuture<Outcome> submit(
      int validator, SignedTransaction transaction, Duration atMost) {
    return clients.get(validator).submitAndWaitAsync(transaction, atMost);
  }

  @Override
  public Optional<ValidatorView> view(int validator) {
    return validators.get(validator).view();
  }

  @Override
  public List<Integer> reachable() {
    return new Reachability(
            index -> validators.get(index).isUp(),
            (listener, speaker) -> !links.isSevered(new DirectedLink(speaker, listener)))
        .largest(plan.validators());
  }

  /** Where the members of its organisation reach a validator's actor system. */
  public int clusterPort(int validator) {
    return grounds.ports().cluster().get(validator);
  }

  /** What makes a member of an organisation's Pekko Cluster out of who has it. */
  public ClusterKeys clusterKeys(int organisation) {
    return grounds.clusterKeys().get(organisation);
  }

  /** How many members a validator's Pekko Cluster has, itself included; 0 while down. */
  public int clusterMembers(int validator) {
    return validators
        .get(validator)
        .system()
        .map(system -> Cluster.get(system).state().members().size())
        .orElse(0);
  }

  /** How many other members a validator's Pekko Cluster takes for unreachable; 0 while down. */
  public int clusterUnreachable(int validator) {
    return validators
        .get(validator)
        .system()
        .map(system -> Cluster.get(system).state().unreachable().size())
        .orElse(0);
  }

  @Override
  public List<String> failures() {
    return validators.stream().map(RealValidator::failure).flatMap(Optional::stream).toList();
  }

  @Override
  public boolean runUntil(BooleanSupplier condition, Duration atMost) {
    return time.runUntil(condition, atMost);
  }

  @Override
  public void close() {
    clients.forEach(SampoClient::close);
    validators.forEach(RealValidator::kill);
    validators.forEach(RealValidator::awaitEnd);
    proxy.close();
    grounds.delete();
  }
}
