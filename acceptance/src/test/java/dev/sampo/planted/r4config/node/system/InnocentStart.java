package dev.sampo.planted.r4config.node.system;

import com.typesafe.config.Config;

/** Pekko is started with its configuration here. */
record InnocentStart(Config config) {}
