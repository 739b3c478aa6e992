package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.DemoDatabase;
import dev.sampo.cluster.demo.DemoEvent;
import dev.sampo.cluster.demo.DemoShape;
import dev.sampo.node.peer.PeerNetwork;
import dev.sampo.persistence.store.PostgresAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A demo whose validators have several nodes each. */
final class SharedOptions {

  @Option(
      names = "--nodes-per-validator",
      paramLabel = "N",
      description = "Nodes of each validator, 2 to 8, which share its replicas. Default: 1.")
  private @Nullable Integer nodes;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = {
        "With --nodes-per-validator: the PostgreSQL server that they share, such as",
        "jdbc:postgresql://host/database; each validator has a schema of its own there."
      })
  private @Nullable String database;

  @Option(
      names = "--database-user",
      paramLabel = "USER",
      description = "With --database: who may make tables there. Default: postgres.")
  private @Nullable String user;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "With --database: holds the password, and only its owner may read it.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--move",
      paramLabel = "LEDGER=NODE",
      description = {
        "With --transfers: N of them, then have this node host that ledger, such as main=v1b, and"
            + " N",
        "more; tells what clients noticed. May be repeated."
      })
  private List<String> moves = List.of();

  @Option(
      names = "--kill",
      paramLabel = "NODE",
      description = "The same, with the death of a node, such as v1a. After all moves.")
  private List<String> kills = List.of();

  /** What is to happen under load, in order. */
  List<DemoEvent> events() {
    return Stream.concat(
            moves.stream().map(SharedOptions::move), kills.stream().map(DemoEvent.Kill::new))
        .toList();
  }

  private static DemoEvent move(String words) {
    int sign = words.indexOf('=');
    Usage.require(sign > 0, "--move is LEDGER=NODE, such as main=v1b, not " + words);
    return new DemoEvent.Move(Words.ledger(words.substring(0, sign)), words.substring(sign + 1));
  }

  /** Whether such a demo is wanted. */
  boolean isChosen() {
    Usage.require(
        nodes != null || (database == null && user == null && passwordFile == null),
        "--database, --database-user and --database-password-file need --nodes-per-validator");
    Usage.require(
        nodes != null || (moves.isEmpty() && kills.isEmpty()),
        "--move and --kill need --nodes-per-validator");
    return nodes != null;
  }

  private int nodes() {
    int count = nodes == null ? 1 : nodes;
    Usage.require(
        count > 1 && count <= PeerNetwork.NODES_MAX,
        "--nodes-per-validator is 2 to " + PeerNetwork.NODES_MAX);
    return count;
  }

  DemoShape shape() {
    return new DemoShape(nodes(), database());
  }

  private DemoDatabase database() {
    if (database == null || passwordFile == null) {
      throw new CommandFailed(
          ExitCode.USAGE, "--nodes-per-validator needs --database and --database-password-file");
    }
    PostgresAccess.refusalOf(database)
        .ifPresent(
            refusal -> {
              throw new CommandFailed(ExitCode.USAGE, "--database is " + refusal);
            });
    return new DemoDatabase(
        database, user == null ? "postgres" : user, passwordFile.toAbsolutePath().normalize());
  }
}
