package dev.sampo.cluster.demo;

import dev.sampo.cluster.chaos.PeerLinks;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.launch.Collector;
import dev.sampo.cluster.launch.NodeJvm;
import dev.sampo.cluster.placement.Member;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Starts the nodes of a demo for a command that puts load on them. */
record DemoStart(Collector collector, Console console, Lifetime lifetime) {

  private static final Duration READY_MAX = Duration.ofMinutes(2);

  /**
   * A demo whose peer links can be cut.
   *
   * @param members its validators, in the order of their indices
   */
  record Cuttable(DemoSession session, List<Member> members, PeerLinks links) {}

  /** Returns when they are ready, and their ledgers connected. */
  DemoSession session(DemoChoice choice) throws IOException, InterruptedException {
    var layout = layout(choice);
    var ports = DemoPorts.ephemeral(choice.sites());
    return started(layout, ports, new NodeFiles(layout, ports));
  }

  /** As above; validators dial each other through a proxy. */
  Cuttable cuttable(DemoChoice choice) throws IOException, InterruptedException {
    var layout = layout(choice);
    var ports = DemoPorts.ephemeral(choice.sites());
    var links = PeerLinks.open(ports.peer(), new SecureRandom().nextLong());
    lifetime.atEnd("close the peer links", links::close);
    var session = started(layout, ports, new NodeFiles(layout, ports, links::port));
    return new Cuttable(session, layout.members(), links);
  }

  /** Validators of several nodes; returns when each of them hosts its ledgers. */
  SharedProcesses shared(
      DemoChoice choice, DemoShape shape, Consumer<ValidatorProcess.Death> onDeath)
      throws IOException, InterruptedException {
    var layout = layout(choice);
    var ports = DemoPorts.ephemeral(layout.validators().size() * shape.nodesPerValidator());
    var nodes = new SharedNodes(layout, ports, shape.nodesPerValidator(), shape.database());
    var processes = SharedProcesses.prepare(nodes, collector, onDeath);
    lifetime.atEnd("stop the nodes", processes::stop);
    console.say("starting " + nodes.count() + " nodes in " + layout.folder() + " ...");
    processes.start(console::say);
    return processes;
  }

  /** As above, with a death told to people. */
  SharedProcesses shared(DemoChoice choice, DemoShape shape)
      throws IOException, InterruptedException {
    return shared(choice, shape, this::report);
  }

  private void report(ValidatorProcess.Death death) {
    console.say(death.name() + " ended with exit code " + death.exitCode());
  }

  private DemoLayout layout(DemoChoice choice) throws IOException {
    var folder = DemoFolder.open(choice.data());
    lifetime.atEnd("remove " + folder.path(), folder::removeIfTemporary);
    return DemoLayout.in(folder.path(), choice, new SecureRandom());
  }

  private DemoSession started(DemoLayout layout, DemoPorts ports, NodeFiles files)
      throws IOException, InterruptedException {
    int validators = layout.validators().size();
    var documents = DemoCharters.of(layout).documents();
    var pauses =
        IntStream.range(0, validators)
            .mapToObj(i -> layout.home(i).resolve("gc.log").toAbsolutePath())
            .toList();
    var cluster =
        DemoCluster.prepare(
            layout,
            ports,
            files,
            pauses.stream()
                .map(log -> new NodeJvm(collector, Optional.of(log), documents.size()))
                .toList(),
            this::report);
    lifetime.atEnd("stop the validators", cluster::stop);
    console.say("starting " + validators + " validators ...");
    cluster.start();
    cluster.awaitReady(READY_MAX, console::say);
    var session =
        new DemoSession(
            documents,
            layout.keys(),
            cluster.endpoints().stream().map(List::of).toList(),
            cluster.gatewayEndpoints(),
            cluster.processes().stream().map(ValidatorProcess::pid).toList(),
            pauses);
    session.connectLedgers(console);
    return session;
  }
}
