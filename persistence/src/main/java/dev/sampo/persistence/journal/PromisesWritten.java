package dev.sampo.persistence.journal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A write of the journal, in a flight recording. */
@Name("dev.sampo.PromisesWritten")
@Label("Promises written")
@Category("Sampo")
@Description("A group of consensus promises that one synced write made durable")
@StackTrace(false)
final class PromisesWritten extends Event {

  @Label("Records")
  int records;

  private PromisesWritten() {}

  static PromisesWritten start() {
    var written = new PromisesWritten();
    written.begin();
    return written;
  }

  void stop(int recordsWritten) {
    end();
    if (shouldCommit()) {
      records = recordsWritten;
      commit();
    }
  }
}
