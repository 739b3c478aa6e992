package dev.sampo.cluster.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends this process when its parent is gone, which shows as the end of the standard input. */
public final class ParentWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);

  private ParentWatch() {}

  public static void start(InputStream input) {
    Thread.ofPlatform().daemon().name("parent-watch").start(() -> watch(input));
  }

  private static void watch(InputStream input) {
    try {
      input.transferTo(OutputStream.nullOutputStream());
      LOG.info("the parent process has ended");
    } catch (IOException broken) {
      LOG.info("the pipe from the parent process broke: {}", broken.getMessage());
    }
    System.exit(0);
  }
}
