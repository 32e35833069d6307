package dev.dopi.catalog.websockethibernation;

import dev.dopi.model.DurableObjectClass;
import dev.dopi.model.Model;
import dev.dopi.model.Worker;
import java.util.ArrayList;
import java.util.List;

/** What one class says about websocket-hibernation. */
record WebsocketHibernation(Worker worker, DurableObjectClass type) {

    /** Returns one for every class that the pattern could be about. */
    static List<WebsocketHibernation> in(Model model) {
        var all = new ArrayList<WebsocketHibernation>();
        for (Worker worker : model.workers()) {
            worker.durableObjects().forEach(type -> all.add(new WebsocketHibernation(worker, type)));
        }
        return all;
    }
}
