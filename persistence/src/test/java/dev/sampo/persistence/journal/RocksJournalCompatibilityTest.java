package dev.sampo.persistence.journal;

import com.typesafe.config.ConfigFactory;
import dev.sampo.persistence.store.Directories;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.RefusedStart;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.junit.runner.RunWith;
import org.scalatestplus.junit.JUnitRunner;

/** What Pekko asks of every journal. */
@RunWith(JUnitRunner.class)
@SuppressWarnings("serial")
public class RocksJournalCompatibilityTest extends JavaJournalSpec {

  private final NodeStore store;

  public RocksJournalCompatibilityTest() throws IOException, RefusedStart {
    super(ConfigFactory.load("compatibility"));
    store = Directories.open(Directories.init(Files.createTempDirectory("journal")));
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
