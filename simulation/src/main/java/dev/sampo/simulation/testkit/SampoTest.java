package dev.sampo.simulation.testkit;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.Application;
import dev.sampo.simulation.ledger.LedgerStart;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test with a ledger of its own. Its parameters may be a {@link SampoNetwork}, a {@link
 * LedgerClient} and a {@link dev.sampo.simulation.ledger.VirtualClock}. A failure names the seed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(SampoExtension.class)
public @interface SampoTest {

  /** 1 to 16. */
  int validators() default 4;

  /** Where the validators stand, in even and consecutive parts. */
  String[] dataCentres() default {"a"};

  Mode mode() default Mode.IN_PROCESS;

  /** The ledger's business logic; has a constructor without parameters. */
  Class<? extends Application> application() default Assets.class;

  /**
   * What the ledger starts with; has a constructor without parameters. Left alone: 1,000 coins for
   * each account of {@link Assets}, and nothing for any other application.
   */
  Class<? extends LedgerStart> start() default LedgerStart.class;

  /** Who may sign. */
  String[] accounts() default {"alice", "bob", "carol"};

  /** Of keys and chance; 0 draws a new one for each run. */
  long seed() default 0;
}
