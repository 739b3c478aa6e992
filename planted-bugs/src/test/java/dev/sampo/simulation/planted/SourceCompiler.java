package dev.sampo.simulation.planted;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources in memory against the class path of the tests; for one thread. */
final class SourceCompiler {

  private static final List<String> OPTIONS =
      List.of(
          "-proc:none",
          "-nowarn",
          "-cp",
          Objects.requireNonNull(System.getProperty("java.class.path")));

  private final JavaCompiler compiler =
      Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());

  /** Kept, as it remembers what stands in a hundred archives. */
  private final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);

  /** The classes of these sources, by name, and those within them. */
  Map<String, byte[]> compile(Map<String, String> sources) {
    var complaints = new StringWriter();
    var output = new InMemory(files);
    var units =
        sources.entrySet().stream()
            .map(source -> new Source(source.getKey(), source.getValue()))
            .toList();
    if (!compiler.getTask(complaints, output, null, OPTIONS, null, units).call()) {
      throw new IllegalStateException("a planted bug does not compile: " + complaints);
    }
    var classes = new LinkedHashMap<String, byte[]>();
    output.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      var bytes = new ByteArrayOutputStream();
      classes.put(name, bytes);
      return new SimpleJavaFileObject(
          URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }

    /** What it stands on is kept. */
    @Override
    public void close() {}
  }
}
