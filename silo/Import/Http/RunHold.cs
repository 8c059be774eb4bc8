using System.Net;

namespace MallVip.Silo.Import.Http;

/// <summary>
/// Keeps a run of a silo open between its requests: an upload that sends nothing until it is released. While
/// it stands, timers of the members that the run touched wait for the run's clock.
/// </summary>
internal sealed class RunHold : IAsyncDisposable
{
    private readonly Idle _body;
    private readonly Task<HttpResponseMessage> _call;

    private RunHold(Idle body, Task<HttpResponseMessage> call) => (_body, _call) = (body, call);

    /// <summary>False: the connection broke, or the silo refused it or ended it.</summary>
    public bool Stands => !_call.IsCompleted;

    /// <summary>Completes when the silo has joined the run, or refused to.</summary>
    /// <param name="http">Waits for <c>100 Continue</c>: a silo asks for the body once it has joined.</param>
    /// <param name="path">With the run's id.</param>
    /// <exception cref="HttpRequestException">There is no such silo, or it refused.</exception>
    public static async Task<RunHold> OpenAsync(
        HttpClient http, string path, CancellationToken cancellation)
    {
        var body = new Idle();
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Content.Headers.ContentType = new("application/x-ndjson");
        request.Headers.ExpectContinue = true;
        var hold = new RunHold(body, http.SendAsync(request, CancellationToken.None));
        if (await Task.WhenAny(hold._call, body.Asked).WaitAsync(cancellation) == hold._call)
            using (var refused = await hold._call)
                refused.EnsureSuccessStatusCode();
        return hold;
    }

    public async ValueTask DisposeAsync()
    {
        _body.End();
        try
        {
            (await _call).Dispose();
        }
        catch (HttpRequestException)
        {
            // It is over either way.
        }
    }

    private sealed class Idle : HttpContent
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public void End() => _ended.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            _asked.TrySetResult();
            await _ended.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
