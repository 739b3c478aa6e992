/**
 * The journal of a validator's promises, and the plug-ins by which Pekko Persistence keeps events
 * and snapshots in the node's store.
 */
@NullMarked
package dev.sampo.persistence.journal;

import org.jspecify.annotations.NullMarked;
