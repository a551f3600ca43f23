// What accompanies one request through Hummingbird.

import Hummingbird
import Logging

/// The context of one request: its id, and the logger that names it.
struct RequestScope: RequestContext {
    var coreContext: CoreRequestContextStorage
    var requestId = ""

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }
}
