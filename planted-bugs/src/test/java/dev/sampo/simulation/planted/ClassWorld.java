package dev.sampo.simulation.planted;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * Every class of ours anew; all else is shared. A world can change its classes while they are
 * loaded, so that what the JVM has compiled of the others need not be compiled again.
 */
final class ClassWorld extends ClassLoader {

  private static final String OURS = "dev.sampo.";
  private static final Instrumentation JVM = ByteBuddyAgent.install();

  private final ClassLoader shipped;
  private final Map<String, byte[]> changed;
  private final List<Class<?>> redefined = new ArrayList<>();

  /** A world as shipped. */
  ClassWorld() {
    this(Map.of());
  }

  /** A world in which these classes are others from the start. */
  ClassWorld(Map<String, byte[]> changed) {
    super(ClassWorld.class.getClassLoader());
    this.shipped = Objects.requireNonNull(ClassWorld.class.getClassLoader());
    this.changed = Map.copyOf(changed);
  }

  /**
   * Changes loaded classes until {@link #restore}. What their static initialisers did stays: a bug
   * in one of them would not be caught.
   *
   * @return whether the JVM can: it changes what methods do, and neither adds nor removes any, of
   *     which lambdas are some
   */
  boolean redefine(Map<String, byte[]> classes) {
    if (!redefined.isEmpty()) {
      throw new IllegalStateException("already changed: " + redefined);
    }
    try {
      var definitions = new ArrayList<ClassDefinition>();
      for (var each : classes.entrySet()) {
        definitions.add(new ClassDefinition(loadClass(each.getKey()), each.getValue()));
      }
      JVM.redefineClasses(definitions.toArray(ClassDefinition[]::new));
      definitions.forEach(each -> redefined.add(each.getDefinitionClass()));
      return true;
    } catch (UnsupportedOperationException | ClassNotFoundException beyondIt) {
      return false;
    } catch (UnmodifiableClassException impossible) {
      throw new IllegalStateException("a class of ours cannot be changed", impossible);
    }
  }

  /** All classes are as they were when the world began. */
  void restore() {
    try {
      var definitions = new ArrayList<ClassDefinition>();
      for (var each : redefined) {
        definitions.add(new ClassDefinition(each, bytesOf(each.getName())));
      }
      JVM.redefineClasses(definitions.toArray(ClassDefinition[]::new));
      redefined.clear();
    } catch (ClassNotFoundException | UnmodifiableClassException impossible) {
      throw new IllegalStateException("what was changed cannot be restored", impossible);
    }
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
