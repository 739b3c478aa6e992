package dev.sampo.simulation.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A world in which changed copies of shipped sources take the place of what is shipped, until it is
 * closed. Each thread has a world that is changed again and again; a change that the JVM cannot
 * make to loaded classes gets a world of its own.
 */
final class WeakenedMachines implements AutoCloseable {

  private static final ThreadLocal<SourceCompiler> COMPILER =
      ThreadLocal.withInitial(SourceCompiler::new);
  private static final ThreadLocal<ClassWorld> KEPT = ThreadLocal.withInitial(ClassWorld::new);

  private final ClassWorld world;

  private WeakenedMachines(ClassWorld world) {
    this.world = world;
  }

  static WeakenedMachines with(List<Edit> edits) {
    if (edits.isEmpty()) {
      throw new IllegalArgumentException("without a change nothing is weakened");
    }
    var classes = COMPILER.get().compile(sources(edits));
    var kept = KEPT.get();
    return new WeakenedMachines(kept.redefine(classes) ? kept : new ClassWorld(classes));
  }

  /** A runner of seeds whose machines have these changes. */
  @SuppressWarnings("unchecked")
  BiFunction<Long, List<String>, List<String>> runner() {
    try {
      return (BiFunction<Long, List<String>, List<String>>)
          world.loadClass(SeedRunner.class.getName()).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException("the runner does not load", broken);
    }
  }

  @Override
  public void close() {
    world.restore();
  }

  private static Map<String, String> sources(List<Edit> edits) {
    try {
      var sources = new LinkedHashMap<String, String>();
      for (var edit : edits) {
        var name = edit.className();
        var source = sources.containsKey(name) ? sources.get(name) : edit.source();
        sources.put(name, edit.applyTo(source));
      }
      return sources;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
