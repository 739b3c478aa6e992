package dev.sampo.simulation.chart;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.simulation.invariant.Invariant;
import dev.sampo.simulation.invariant.Observation;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** Keeps the newest of what happens; it finds nothing wrong. */
final class Recorder implements Invariant {

  private final int clients;
  private final int most;
  private final ArrayDeque<Entry> newest = new ArrayDeque<>();

  /** Keeps {@code most} entries; {@code clients} is the column of those who submit and read. */
  Recorder(int clients, int most) {
    this.clients = clients;
    this.most = most;
  }

  List<Entry> entries() {
    return List.copyOf(newest);
  }

  @Override
  public String id() {
    return "chart";
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    entry(observation, findings.nanos())
        .ifPresent(
            entry -> {
              newest.add(entry);
              if (newest.size() > most) {
                newest.remove();
              }
            });
  }

  private Optional<Entry> entry(Observation observation, long at) {
    return switch (observation) {
      case Observation.Sent(var by, _, var message) ->
          Optional.of(
              new Entry(
                  at,
                  by.number(),
                  kindOf(message),
                  Labels.of(message),
                  Optional.of(message),
                  Entry.EVERYWHERE));
      case Observation.Heard(var by, var from, var message) ->
          Optional.of(
              new Entry(
                  at,
                  by.number(),
                  Entry.Kind.HEARD,
                  Labels.of(message),
                  Optional.of(message),
                  from.number()));
      case Observation.Promised(var by, var promise) ->
          mark(at, by.number(), Entry.Kind.SYNC, "synced: " + Labels.of(promise));
      case Observation.Appended(var by, var writes) ->
          mark(at, by.number(), Entry.Kind.SYNC, "synced: " + writes.batches().size() + " batches");
      case Observation.Stored(var by, var blocks, _) ->
          mark(
              at,
              by.number(),
              Entry.Kind.COMMIT,
              "committed h" + blocks.getLast().block().height());
      case Observation.Started(var by) -> mark(at, by.number(), Entry.Kind.START, "starts");
      case Observation.Halted(var by, var reason) ->
          mark(at, by.number(), Entry.Kind.FAULT, "halts: " + reason);
      case Observation.Accused(var by, var evidence) ->
          mark(at, by.number(), Entry.Kind.EVIDENCE, "evidence against " + evidence.culprits());
      case Observation.Invoked(var operation) ->
          mark(at, clients, Entry.Kind.CLIENT, "asks: " + operation);
      case Observation.Returned(var operation, var answer) ->
          mark(at, clients, Entry.Kind.CLIENT, "operation " + operation.number() + ": " + answer);
      case Observation.Constructible(var statement) ->
          mark(at, Entry.EVERYWHERE, Entry.Kind.VOTE, "enough signed for " + Labels.of(statement));
      case Observation.Healed healed ->
          mark(at, Entry.EVERYWHERE, Entry.Kind.START, "everything has healed");
      case Observation.TakenIn taken -> Optional.empty();
      case Observation.FoundAvailable found -> Optional.empty();
      case Observation.Stands stands -> Optional.empty();
      case Observation.Held held -> Optional.empty();
      case Observation.Wrote wrote -> Optional.empty();
      case Observation.Signed signed -> Optional.empty();
      case Observation.Lost(var by) -> mark(at, by.number(), Entry.Kind.START, "lost its disk");
      case Observation.Ended ended -> Optional.empty();
    };
  }

  private static Entry.Kind kindOf(PeerMessage message) {
    return message instanceof PeerMessage.ConsensusVote ? Entry.Kind.VOTE : Entry.Kind.SENT;
  }

  private static Optional<Entry> mark(long at, int column, Entry.Kind kind, String text) {
    return Optional.of(Entry.of(at, column, kind, text));
  }
}
