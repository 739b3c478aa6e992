package dev.sampo.simulation.planted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles changed copies of shipped sources, and loads a world in which they take their place. */
final class WeakenedMachines {

  private static final String OURS = "dev.sampo.";

  private WeakenedMachines() {}

  /** A runner of seeds whose machines have these changes. */
  static BiFunction<Long, List<String>, List<String>> with(List<Edit> edits) {
    return with(edits, SeedRunner.class);
  }

  /** A {@code runner} as it is with these changes. */
  @SuppressWarnings("unchecked")
  static BiFunction<Long, List<String>, List<String>> with(
      List<Edit> edits, Class<? extends BiFunction<Long, List<String>, List<String>>> runner) {
    if (edits.isEmpty()) {
      throw new IllegalArgumentException("without a change nothing is weakened");
    }
    try {
      var loader = new World(compile(sources(edits)));
      return (BiFunction<Long, List<String>, List<String>>)
          loader.loadClass(runner.getName()).getDeclaredConstructor().newInstance();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException("the runner does not load", broken);
    }
  }

  private static Map<String, String> sources(List<Edit> edits) throws IOException {
    var sources = new LinkedHashMap<String, String>();
    for (var edit : edits) {
      var name = edit.className();
      var source = sources.containsKey(name) ? sources.get(name) : edit.source();
      sources.put(name, edit.applyTo(source));
    }
    return sources;
  }

  private static Map<String, byte[]> compile(Map<String, String> sources) throws IOException {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    var complaints = new StringWriter();
    try (var output = new InMemory(compiler.getStandardFileManager(null, null, null))) {
      var path = Objects.requireNonNull(System.getProperty("java.class.path"));
      var options = List.of("-proc:none", "-nowarn", "-cp", path);
      var units =
          sources.entrySet().stream()
              .map(source -> new Source(source.getKey(), source.getValue()))
              .toList();
      if (!compiler.getTask(complaints, output, null, options, null, units).call()) {
        throw new IllegalStateException("a planted bug does not compile: " + complaints);
      }
      var classes = new LinkedHashMap<String, byte[]>();
      output.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }
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
  }

  /** Every class of ours anew, the changed ones as changed; all else is shared. */
  private static final class World extends ClassLoader {
    private final ClassLoader shipped;
    private final Map<String, byte[]> changed;

    World(Map<String, byte[]> changed) {
      super(WeakenedMachines.class.getClassLoader());
      this.shipped = Objects.requireNonNull(WeakenedMachines.class.getClassLoader());
      this.changed = changed;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(OURS)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        var loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        var bytes = bytesOf(name);
        return defineClass(name, bytes, 0, bytes.length);
      }
    }

    private byte[] bytesOf(String name) throws ClassNotFoundException {
      var known = changed.get(name);
      if (known != null) {
        return known;
      }
      try (InputStream in = shipped.getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        return in.readAllBytes();
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }
}
