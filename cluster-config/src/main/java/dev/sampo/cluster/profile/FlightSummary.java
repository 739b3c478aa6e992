package dev.sampo.cluster.profile;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.HdrHistogram.Histogram;

/** What a flight recording says about a validator. */
final class FlightSummary {

  /** As the recorder asks for it. */
  static final Duration SAMPLE_EVERY = Duration.ofMillis(10);

  private static final int SIGNIFICANT_DIGITS = 3;

  private final Map<Stage, Duration> cpu = new EnumMap<>(Stage.class);

  /** By the kind of step, durations in microseconds. */
  private final Map<String, Histogram> steps = new TreeMap<>();

  private Duration pauses = Duration.ZERO;
  private long transactions;

  private FlightSummary() {}

  static FlightSummary read(Flight flight) throws IOException {
    var summary = new FlightSummary();
    try (var file = new RecordingFile(flight.file())) {
      while (file.hasMoreEvents()) {
        var event = file.readEvent();
        if (flight.covers(event.getEndTime())) {
          summary.add(event);
        }
      }
    }
    return summary;
  }

  private void add(RecordedEvent event) {
    var name = event.getEventType().getName();
    switch (name) {
      case "jdk.CPUTimeSample" -> addSample(event);
      case "jdk.CPUTimeSamplesLost" ->
          cpu.merge(
              Stage.UNKNOWN,
              SAMPLE_EVERY.multipliedBy(event.getInt("lostSamples")),
              Duration::plus);
      case "jdk.GarbageCollection" -> pauses = pauses.plus(event.getDuration("sumOfPauses"));
      case "dev.sampo.ConsensusStep" -> addStep(event, "consensus: " + event.getString("input"));
      case "dev.sampo.BlocksApplied" -> {
        transactions += event.getInt("transactions");
        addStep(event, "blocks applied");
      }
      case "dev.sampo.PromisesWritten" -> addStep(event, "promises written");
      default -> {
        // The rest is for tools that show recordings.
      }
    }
  }

  private void addSample(RecordedEvent sample) {
    var stack = sample.getStackTrace();
    var frames =
        stack == null
            ? List.<String>of()
            : stack.getFrames().stream().map(FlightSummary::nameOf).toList();
    cpu.merge(Stage.of(frames), sample.getDuration("samplingPeriod"), Duration::plus);
  }

  private static String nameOf(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private void addStep(RecordedEvent event, String kind) {
    steps
        .computeIfAbsent(kind, _ -> new Histogram(SIGNIFICANT_DIGITS))
        .recordValue(event.getDuration().toNanos() / 1_000);
  }

  /** By CPU samples of Java threads; what no sample was taken in is not there. */
  Map<Stage, Duration> cpu() {
    return Collections.unmodifiableMap(cpu);
  }

  /** How long each kind of step took, in microseconds. */
  Map<String, Histogram> steps() {
    return Collections.unmodifiableMap(steps);
  }

  /** For how long the collector stopped everything. */
  Duration pauses() {
    return pauses;
  }

  /** How many transactions were ordered and applied. */
  long transactions() {
    return transactions;
  }
}
