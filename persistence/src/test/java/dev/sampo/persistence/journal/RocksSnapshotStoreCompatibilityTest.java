package dev.sampo.persistence.journal;

import com.typesafe.config.ConfigFactory;
import dev.sampo.persistence.store.Directories;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.RefusedStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;
import org.junit.runner.RunWith;
import org.scalatestplus.junit.JUnitRunner;

/** What Pekko asks of every snapshot store. */
@RunWith(JUnitRunner.class)
@SuppressWarnings("serial")
public class RocksSnapshotStoreCompatibilityTest extends JavaSnapshotStoreSpec {

  private final Path directory;
  private final NodeStore store;

  public RocksSnapshotStoreCompatibilityTest() throws IOException, RefusedStart {
    super(ConfigFactory.load("compatibility"));
    directory = Directories.init(Files.createTempDirectory("snapshots"));
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
}
