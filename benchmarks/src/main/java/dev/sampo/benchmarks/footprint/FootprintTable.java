package dev.sampo.benchmarks.footprint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Measures what idle actors and threads take. The heap of the JVM should be committed and touched
 * from the start, as the launcher has it: then resident memory grows by what lies outside of it.
 */
public final class FootprintTable {

  /**
   * How many of each are made.
   *
   * @param light actors, and virtual threads
   * @param heavy platform threads
   */
  public record Counts(int light, int heavy) {

    /** Most of each. */
    public static final int MAX = 10_000_000;

    public Counts {
      if (light < 1 || light > MAX || heavy < 1 || heavy > MAX) {
        throw new IllegalArgumentException("1 to " + MAX + " of each");
      }
    }
  }

  private record Kind(String title, int count, Supplier<Crowd> crowd) {}

  private final Counts counts;
  private final Consumer<String> progress;

  public FootprintTable(Counts counts, Consumer<String> progress) {
    this.counts = counts;
    this.progress = progress;
  }

  /** Every row, one after the other. */
  public FootprintReport measure() throws IOException, InterruptedException {
    var kinds =
        List.of(
            new Kind("typed actor", counts.light(), IdleActors::new),
            new Kind(
                "virtual thread, parked",
                counts.light(),
                () -> new ParkedThreads(Thread.ofVirtual())),
            new Kind(
                "platform thread, parked",
                counts.heavy(),
                () -> new ParkedThreads(Thread.ofPlatform())));
    var rows = new ArrayList<FootprintReport.Row>();
    for (var kind : kinds) {
      progress.accept(kind.count() + " of: " + kind.title() + " ...");
      // The first time loads classes and starts pools, and its code is not compiled yet.
      row(kind, Math.max(1, kind.count() / 10));
      rows.add(row(kind, kind.count()));
    }
    return new FootprintReport(rows, Runtime.getRuntime().availableProcessors());
  }

  private static FootprintReport.Row row(Kind kind, int count)
      throws IOException, InterruptedException {
    try (var crowd = kind.crowd().get()) {
      var before = Memory.now();
      long start = System.nanoTime();
      crowd.gather(count);
      long nanos = System.nanoTime() - start;
      var after = Memory.now();
      return new FootprintReport.Row(
          kind.title(),
          count,
          (double) (after.heapBytes() - before.heapBytes()) / count,
          (double) (after.residentBytes() - before.residentBytes()) / count,
          count * 1e9 / nanos);
    }
  }
}
