package dev.sampo.testkit;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.Application;
import dev.sampo.testkit.ledger.LedgerStart;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test with a ledger of its own, run once in each mode. Its parameters may be a {@link
 * SampoNetwork}, a {@link LedgerClient} and a {@link dev.sampo.testkit.ledger.VirtualClock}. A
 * failure names the seed; {@code -Dsampo.seed=} runs with it again.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
@ExtendWith(SampoExtension.class)
public @interface SampoTest {

  /** 1 to 16. */
  int validators() default 4;

  /** Where the validators stand, in even and consecutive parts. */
  String[] dataCentres() default {"a"};

  /**
   * How many run the validators, in even and consecutive parts. In {@link Mode#IN_PROCESS} each has
   * a Pekko Cluster of its own, and they meet on the peer links alone.
   */
  int organisations() default 1;

  /** One mode, or several in the order of the runs. */
  Mode[] mode() default Mode.SIMULATED;

  /** The ledger's business logic; has a constructor without parameters. */
  Class<? extends Application> application() default Assets.class;

  /**
   * What the ledger starts with; has a constructor without parameters. Left alone: 1,000 coins for
   * each account of {@link Assets}, and nothing for any other application.
   */
  Class<? extends LedgerStart> start() default LedgerStart.class;

  /** Who may sign. */
  String[] accounts() default {"alice", "bob", "carol"};

  /** Which validators the test makes Byzantine: no invariant takes their word from the start. */
  int[] liars() default {};

  /** Of keys and chance; 0 draws a new one for each run. */
  long seed() default 0;
}
