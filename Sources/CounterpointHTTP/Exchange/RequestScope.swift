// What accompanies one request through Hummingbird.

import Hummingbird
import Logging
import NIOCore

/// The context of one request: its id, the logger that names it, where it came from, and who it turned out to be.
struct RequestScope: RequestContext {
    var coreContext: CoreRequestContextStorage
    var requestId = ""
    let peer: SocketAddress?
    let caller = CallerNote()

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress
    }
}
