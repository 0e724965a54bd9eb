"""
The words of pages that are no articles. Knows no page.

`SAID`: anywhere in a text of a few lines. `BEGINS`: how a longer one begins, too; nothing else begins so.
"""

from collector.extract.walls.reasons import BROKEN, CONSENT, LEADS, LOGIN, LOST, PAYWALL, ROBOTS, SCRIPTED, compiled

_SAID = {
    SCRIPTED: r"""
        (?:enable|activate|turn on|requires?|needs?) javascript|javascript is (?:disabled|required|not enabled)
        javascript (?:muss )?(?:aktivier\w*|einschalten)
        activer javascript|javascript (?:est désactivé|doit être activé)|habilit\w+ (?:o )?javascript
        activ\w+ javascript|abilit\w+ javascript
        javascript (?:in te schakelen|inschakelen|ingeschakeld)|włącz\w* (?:obsługę )?javascript
        (?:включите|активируйте|включить) (?:поддержку )?javascript
        javascript (?:активируйте|отключ[её]н)|(?:увімкніть|увімкнути) javascript|javascript'?i? ?etkinleştir\w*
        (?:aktivera|slå på) javascript
        (?:تفعيل|بتفعيل|تمكين) (?:جافا ?سكريبت|javascript)|(?:启用|啟用|开启|開啟) ?javascript
        javascript ?を(?:有効|オン)
        javascript(?:를|을)? ?(?:활성화|사용)
    """,
    LEADS: r"""
        (?:you are|you will be|if you are not) (?:being )?redirected|sie werden (?:automatisch )?weitergeleitet
        vous (?:allez être|êtes) redirigé
        (?:será|serás|está siendo) redirigido|(?:será|está sendo) redirecionado|(?:verrai|sarai) reindirizzat[oa]
        u wordt doorgestuurd
        (?:zostaniesz|nastąpi) przekierowan\w+|вы будете перенаправлены|вас буде перенаправлено|yönlendiriliyorsunuz
        du omdirigeras
        سيتم توجيهك|正在(?:跳转|跳轉|重定向)|リダイレクト(?:します|されます)|리디렉션됩니다
    """,
    ROBOTS: r"""
        (?:verify|confirm|prove) (?:that )?you(?: are|'re) (?:not a robot|(?:a )?human)|not a robot
        complete the (?:captcha|security check)|unusual (?:traffic|activity) (?:from|on) your
        enable js and disable any ad blocker|request unsuccessful\. incapsula|you have been blocked
        access to this page has been denied|automated requests
        you don't have permission to access|(?:blocked|flagged) by (?:our|the) security
        needs to review the security of your connection|checking your browser
        (?:dass sie|ob sie) (?:k)?ein (?:roboter|mensch) sind
        ungewöhnliche(?:n datenverkehr|r aktivitäten) (?:aus|von|in) ihrem|que vous n'êtes pas un robot
        trafic inhabituel .{0,30}votre|que no eres? un robot|tráfico inusual .{0,20}su\b
        que (?:você )?não é um robô|di non essere un robot|dat (?:je|u) geen robot bent
        że nie jesteś robotem|что вы не робот|що ви не робот
        robot olmadığınızı|att du inte är en robot|أنك لست (?:روبوت|برنامج)\w*|(?:不是|并非|並非)机器人|不是機器人
        ロボットではない|로봇이 아닙
    """,
    LOST: r"""
        (?:page|article|story|content|link)s? (?:that )?you(?: are|'re|'ve)? (?:[\w,]+ ){0,3}(?:looking|searching) for
        (?:page|article|story|content|link)s? (?:that )?(?:you(?: are|'re|'ve| have)?|was) (?:requested|trying to)
        (?:page|article|story|content) (?:[\w,]+ ){0,3}(?:could not|couldn't|can't|cannot) be found
        (?:page|article|story|content|link|url) (?:[\w,]+ ){0,5}(?:does not exist|no longer (?:exists?|available))
        (?:page|article|story|content|post) (?:[\w,]+ ){0,3}been (?:moved|deleted|removed)
        (?:seite|artikel|inhalt)\w*,? (?:[\w,]+ ){0,5}nicht (?:mehr )?(?:gefunden|verfügbar|existiert|vorhanden)
        (?:seite|artikel|inhalt)\w*,? (?:[\w,]+ ){0,5}existiert nicht
        (?:page|article) (?:que vous |demandée? )?(?:[\w,]+ ){0,4}(?:n'existe (?:pas|plus)|introuvable|recherchez)
        (?:page|article) (?:demandée? )?n'a pas été trouvée?
        (?:página|artículo|contenido) que (?:[\w,]+ ){0,3}(?:buscas?|solicit\w+|busca)
        (?:página|artículo) (?:[\w,]+ ){0,3}no (?:existe|se encuentra)
        (?:página|conteúdo|artigo) que (?:[\w,]+ ){0,3}(?:procura|solicit\w+)
        (?:página|artigo) (?:[\w,]+ ){0,3}não (?:existe|foi encontrad\w)
        (?:pagina|articolo) (?:che )?(?:[\w,]+ ){0,4}(?:non (?:esiste|(?:è stat[ao] )?trovat[ao])|cercando|richiest[ao])
        (?:pagina|artikel) (?:die|dat|is) (?:[\w,]+ ){0,4}(?:niet (?:gevonden|meer)|zoekt|bestaat niet)
        (?:strona|artykuł)\w*,? (?:[\w,]+ ){0,3}(?:nie istnieje|szukasz|nie został)
        (?:страниц\w+|материал\w*|стать\w+) (?:[\w,]+ ){0,5}(?:не (?:найден\w*|существует)|удал[её]н\w*)
        (?:сторінк\w+|матеріал\w*) (?:[\w,]+ ){0,5}(?:не (?:знайден\w*|існує)|видален\w*)
        aradığınız (?:sayfa|içerik|haber)
        (?:sidan|artikeln) (?:du \w+ )?(?:[\w,]+ ){0,2}(?:finns inte|hittades inte|kunde inte hittas|söker)
        الصفحة (?:التي تبحث عنها|المطلوبة|غير موجودة)
        (?:您|你)?(?:访问|訪問|查找|请求|尋找|要找)的(?:页面|頁面|内容|內容|文章)
        (?:ページ|記事)(?:は|が)(?:削除|移動|見つかり|存在し)
        (?:페이지|기사)(?:가|를|는|은)? .{0,20}(?:삭제|이동|찾을 수 없)
    """,
    PAYWALL: r"""
        subscri(?:be|ption)\b.{0,60}\bto (?:continue|keep|read|access|unlock|view)
        to (?:continue|keep) reading.{0,60}subscri
        (?:for|available to) (?:our |paying |registered )*subscribers
        (?:exclusively|only) (?:available )?(?:for|to) (?:our )?(?:\w+ )?(?:subscribers|members)
        already a subscriber|to read (?:the full|this) (?:story|article)
        (?:mit|nur für|exklusiv für) (?:\w+ ){0,2}(?:abo\b|abonnent\w+|abonnement)
        jetzt (?:abonnieren|testen|freischalten)|um (?:weiterzulesen|weiter zu lesen|den artikel zu lesen)
        réservé (?:à nos|aux) abonnés|(?:abonnez|connectez)-vous.{0,40}(?:pour|afin)
        pour (?:lire la suite|continuer (?:à lire|la lecture))|il vous reste .{0,20} à (?:lire|découvrir)
        (?:exclusivo|solo|sólo) para (?:\w+ )?suscriptores|suscríb\w+ (?:\w+ ){0,4}(?:para|y) (?:leer|seguir)
        (?:exclusivo|só) para assinantes|assine (?:\w+ ){0,4}para (?:ler|continuar)
        (?:riservat[oa]|esclusiv[oa]) (?:\w+ )?(?:agli|per gli) abbonati
        abbonati (?:\w+ ){0,4}per (?:leggere|continuare)|(?:alleen|exclusief) voor (?:\w+ )?(?:abonnees|leden)
        om verder te lezen
        (?:dostępn\w+ )?tylko dla (?:prenumeratorów|subskrybentów)|(?:aby|żeby) (?:czytać dalej|przeczytać)
        только (?:для подписчик\w+|по подписке)|доступ\w* по подписке|(?:оформите|купите) подписку
        (?:лише|тільки) для передплатників|оформіть передплату|abone ol\w*.{0,40}(?:okumak|devam)
        (?:för att|endast för) (?:läsa vidare|prenumeranter|fortsätta läsa)
        (?:اشترك|للمشتركين).{0,40}(?:للقراءة|لمتابعة|فقط)
        (?:订阅|訂閱|登录|登入)(?:后|後|以|即可)?(?:继续|繼續)?(?:阅读|閱讀)|会員(?:限定|登録)
        有料会員|続きを読むには|구독(?:자|하|회원).{0,20}(?:전용|계속|읽)
    """,
    LOGIN: r"""
        (?:log in|sign in|register)\b.{0,60}\bto (?:continue|keep|read)
        to (?:continue|keep) reading.{0,60}(?:log in|sign (?:in|up)|register)
        (?:you (?:must|need to|have to) (?:be logged in|log in|sign in))|please (?:log|sign) in
        bitte (?:melden sie sich|loggen sie sich)|veuillez vous (?:connecter|identifier)
        (?:debe|debes|por favor,?) inici\w+ sesión|(?:faça|efetue) (?:o )?login|effettua (?:il login|l'accesso)
        (?:log|meld je) (?:eerst )?(?:in|aan) om|zaloguj się,? (?:aby|żeby)
        (?:войдите|авторизуйтесь),? чтобы|увійдіть,? щоб|(?:lütfen )?giriş yap(?:ın|ınız)|logga in för att
        (?:يرجى|الرجاء) تسجيل الدخول|请(?:先)?登录|請(?:先)?登入|ログインしてください
        로그인(?:이 필요|해 ?주세요|하세요)
    """,
    BROKEN: r"""
        error establishing a database connection
        (?:service|site|website|server) is (?:temporarily|currently) (?:unavailable|down|undergoing|under)
        (?:internal server|application) error|an error (?:has )?occurred|error while processing
        (?:seite|website|dienst) .{0,40}wartungsarbeiten|wartungsarbeiten .{0,40}(?:seite|website|dienst)
        une erreur (?:est survenue|s'est produite)
        (?:ha ocurrido|se ha producido|se produjo) un error|ocorreu um erro|si è verificato un errore
        er is een fout opgetreden|wystąpił błąd|произошла ошибка|сталася помилка|виникла помилка
        bir hata oluştu|ett fel (?:har )?(?:uppstod|inträffat|uppstått)|حدث خطأ|(?:发生|發生)(?:了)?(?:错误|錯誤)
        エラーが発生|오류가 발생
    """,
}  # fmt: skip
_BEGINS = {
    CONSENT: r"""
        we (?:use|and our|and \d+ (?:of our )?partners)\b.{0,160}\b(?:cookies?|partners|personal data)
        we (?:value|care about|respect) your (?:privacy|data)
        wir (?:und|verwenden|nutzen|benötigen|brauchen)\b.{0,160}\b(?:cookies?|partner|einwilligung|zustimmung)
        (?:mit werbung|unsere website)\b.{0,160}\b(?:cookies?|partner|zustimmung|tracking)
        (?:nous (?:et nos|utilisons)|avec nos)\b.{0,160}\b(?:cookies?|partenaires|traceurs)
        (?:nosotros y nuestros|nos importa|utilizamos|usamos|con su acuerdo)\b.{0,160}\b(?:cookies?|socios|privacidad)
        (?:nós e (?:os )?nossos|utilizamos|usamos|nós utilizamos)\b.{0,160}\b(?:cookies?|parceiros|privacidade)
        (?:noi e|utilizziamo|usiamo|questo sito (?:utilizza|usa))\b.{0,160}\b(?:cookies?|partner|fornitori)
        (?:wij en|wij gebruiken|we gebruiken|met jouw toestemming)\b.{0,160}\b(?:cookies?|partners|partijen)
        (?:my i nasi|szanujemy|używamy|korzystamy|nasza strona)\b.{0,160}(?:cookie|partner|prywatność|ciasteczk)
        (?:мы (?:и наши|используем)|(?:этот |наш )?сайт использует)\b.{0,160}(?:cookie|куки|партн[её]р)
        (?:ми (?:та наші|і наші|використовуємо)|цей сайт використовує)\b.{0,160}(?:cookie|кукі|партнер)
        (?:biz ve|sitemizde|web sitemizde|bu (?:web )?site(?:si)?|sizlere daha)\b.{0,160}(?:çerez|cookie|ortaklarımız)
        (?:vi (?:och våra|använder|behöver ditt)|den här webbplatsen)\b.{0,160}(?:cookie|kakor|partner|samtycke)
        (?:نحن وشركاؤنا|نستخدم|يستخدم (?:هذا )?(?:الموقع|موقعنا)).{0,160}(?:ملفات تعريف الارتباط|كوكيز|cookies)
        (?:我们|我們|本网站|本網站|本站).{0,60}(?:cookie|隐私偏好|隱私偏好)
        (?:当社|当サイト|このサイト|弊社|私たち).{0,80}(?:cookie|クッキー)
        (?:당사|저희|이 (?:사이트|웹사이트)).{0,80}(?:쿠키|cookie)
    """,
}  # fmt: skip
SAID = compiled(_SAID)
BEGINS = compiled(_BEGINS)
