package dev.sampo.persistence.journal;

import com.typesafe.config.ConfigFactory;
import dev.sampo.persistence.store.Directories;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.RefusedStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.junit.runner.RunWith;
import org.scalatestplus.junit.JUnitRunner;

/** What Pekko asks of every journal. */
@RunWith(JUnitRunner.class)
@SuppressWarnings("serial")
public class RocksJournalCompatibilityTest extends JavaJournalSpec {

  private final Path directory;
  private final NodeStore store;

  public RocksJournalCompatibilityTest() throws IOException, RefusedStart {
    super(ConfigFactory.load("compatibility"));
    directory = Directories.init(Files.createTempDirectory("journal"));
    store = Directories.open(directory);
  }

  @Override
  public void beforeAll() {
    NodeStoreExtension.get(system()).attach(store);
    super.beforeAll();
  }

  @Override
  public void afterAll() {
    super.afterAll();
    store.close();
    try {
      Directories.delete(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public CapabilityFlag supportsRejectingNonSerializableObjects() {
    return CapabilityFlag.on();
  }

  @Override
  public CapabilityFlag supportsMetadata() {
    return CapabilityFlag.on();
  }
}
