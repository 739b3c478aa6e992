package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LifetimeTest {

  private final List<String> events = new ArrayList<>();
  private final Lifetime lifetime = Lifetime.untilStopped(events::add);

  @Test
  void undoesTheLastThingFirstAndEachOnce() {
    lifetime.atEnd("first", () -> events.add("first"));
    lifetime.atEnd("second", () -> events.add("second"));

    lifetime.end();
    lifetime.end();

    assertThat(events).containsExactly("second", "first");
  }

  @Test
  void goesOnAfterAFailureAndTellsIt() {
    lifetime.atEnd("first", () -> events.add("first"));
    lifetime.atEnd(
        "remove it",
        () -> {
          throw new IOException("busy");
        });

    lifetime.end();

    assertThat(events).containsExactly("could not remove it: java.io.IOException: busy", "first");
  }

  @Test
  void undoesAtOnceWhatComesAfterTheEnd() {
    lifetime.end();
    lifetime.atEnd("late", () -> events.add("late"));

    assertThat(events).containsExactly("late");
  }
}
