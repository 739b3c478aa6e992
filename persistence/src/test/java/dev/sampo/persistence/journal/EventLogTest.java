package dev.sampo.persistence.journal;

import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.persistence.journal.EventLog.Event;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.Replica;
import dev.sampo.persistence.store.StaleWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Replica.Kind.class)
class EventLogTest {

  private final Replica.Kind kind;

  @TempDir private Path temporary;
  private Replica replica;
  private NodeStore store;
  private EventLog log;

  EventLogTest(Replica.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() throws IOException, RefusedStart {
    replica = kind.init(temporary);
    reopen();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void replaysTheAskedForEventsOfOneActor() {
    append("a", 1, 50);
    append("b", 1, 3);
    append("ab", 1, 3);

    assertThat(replay("a", 1, Long.MAX_VALUE, Long.MAX_VALUE))
        .containsExactlyElementsOf(numbers(1, 50));
    assertThat(replay("a", 20, 40, Long.MAX_VALUE)).containsExactlyElementsOf(numbers(20, 40));
    assertThat(replay("a", 20, 40, 2)).containsExactly(20L, 21L);
    assertThat(replay("a", 1, Long.MAX_VALUE, 0)).isEmpty();
    assertThat(replay("b", 1, Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly(1L, 2L, 3L);
    assertThat(replay("c", 1, Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void numbersStayTakenAfterAllEventsAreDeletedAndTheStoreWasReopened() throws RefusedStart {
    append("a", 1, 5);
    log.deleteTo("a", Long.MAX_VALUE);
    store.close();
    reopen();

    assertThat(log.highest("a")).isEqualTo(5);
    assertThat(replay("a", 1, Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
    assertThatThrownBy(() -> append("a", 5, 5)).isInstanceOf(StaleWriter.class);
    append("a", 6, 6);
    assertThat(replay("a", 1, Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly(6L);
  }

  @Test
  void deletesOnlyUpToTheGivenNumberOfTheGivenActor() {
    append("a", 1, 5);
    append("b", 1, 5);

    log.deleteTo("a", 3);
    log.deleteTo("a", 2);

    assertThat(replay("a", 1, Long.MAX_VALUE, Long.MAX_VALUE)).containsExactly(4L, 5L);
    assertThat(replay("b", 1, Long.MAX_VALUE, Long.MAX_VALUE)).hasSize(5);
  }

  @Test
  @Tag("fault-56")
  void aTakenNumberIsRefusedAndNothingOfTheWriteIsKept() {
    append("a", 1, 3);

    assertThatThrownBy(() -> append("a", 3, 4)).isInstanceOf(StaleWriter.class);

    assertThat(log.highest("a")).isEqualTo(3);
  }

  @Test
  @Tag("fault-24")
  @Tag("fault-56")
  void aWriterOfAnOlderEpochIsRefused() {
    append("a", 1, 1);

    var takenOver = new EventLog(store, store.raiseWriterEpoch());

    assertThatThrownBy(() -> append("a", 2, 2)).isInstanceOf(StaleWriter.class);
    takenOver.append("a", List.of(event("a", 2)));
    assertThatThrownBy(() -> replay("a", 1, Long.MAX_VALUE, Long.MAX_VALUE))
        .as("the fenced one does not take over the events of the new one either")
        .isInstanceOf(StaleWriter.class);
  }

  private void reopen() throws RefusedStart {
    store = replica.open();
    log = new EventLog(store, store.writerEpoch());
  }

  private void append(String persistenceId, long from, long to) {
    log.append(
        persistenceId,
        LongStream.rangeClosed(from, to).mapToObj(number -> event(persistenceId, number)).toList());
  }

  private List<Long> replay(String persistenceId, long from, long to, long max) {
    var numbers = new ArrayList<Long>();
    log.replay(
        persistenceId,
        from,
        to,
        max,
        event -> {
          assertThat(event).isEqualTo(event(persistenceId, event.sequenceNr()));
          numbers.add(event.sequenceNr());
        });
    return numbers;
  }

  private static Event event(String persistenceId, long number) {
    return new Event(persistenceId, number, text(persistenceId + " " + number));
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
