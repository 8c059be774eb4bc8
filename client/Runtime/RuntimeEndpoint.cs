using MallVip.Client.Wire;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Runtime;

/// <summary><c>GET /v1/runtime</c>: residents, calls, latencies and queues by grain class.</summary>
internal sealed class RuntimeEndpoint(RuntimeMeter meter)
{
    public Task ReadAsync(HttpContext context) => context.WriteJsonAsync(
        StatusCodes.Status200OK, meter.Latest, ApiJson.Readable.RuntimeBody);
}
