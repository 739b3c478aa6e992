package dev.sampo.benchmarks.micro;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands on what is written, line by line; not the last one before it has ended. */
final class LineStream extends OutputStream {

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineStream(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void write(int octet) {
    if (octet == '\n') {
      lines.accept(line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else if (octet != '\r') {
      line.write(octet);
    }
  }
}
