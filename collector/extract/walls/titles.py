"""The titles of pages that are no articles: expressions for the whole of a title. Knows no page."""

from collector.extract.walls.reasons import BROKEN, CONSENT, INDEX, LOGIN, LOST, PAYWALL, ROBOTS, SEARCH, compiled

_TITLES = {
    LOST: r"""
        (?:error|http|status)?\W*(?:404|410)(?:\W+(?:error|page|not|gone|file|oops|sorry)\b.{0,60})?|not found
        oops.{0,40}
        (?:erreur|fehler|errore|erro|błąd|ошибка|помилка|hata|fel|خطأ|错误|錯誤|エラー|오류)\W*404
        .{0,40}\b(?:page|article|story|file|content).{0,20} (?:not|no longer) (?:found|available|exist).{0,20}
        .{0,40}\b(?:page|article|story|file|content).{0,20} (?:cannot|can't|couldn't) be (?:found|accessed).{0,20}
        (?:die |diese )?(?:seite|artikel) (?:wurde )?(?:leider )?(?:nicht gefunden|nicht (?:mehr )?verfügbar)
        nicht gefunden
        (?:cette )?page (?:non trouvée|introuvable|inexistante)|(?:cet )?article introuvable
        (?:la )?página no (?:encontrada|existe|disponible)|no encontrad[oa]|contenido no disponible
        (?:a )?página não (?:encontrada|existe)|não encontrad[oa]|conteúdo (?:não encontrado|indisponível)
        pagina non (?:trovata|disponibile)|non trovat[oa]
        (?:deze )?pagina (?:is )?niet gevonden|niet gevonden
        (?:strona )?nie (?:została )?znaleziono.{0,20}|strona nie (?:istnieje|została znaleziona)
        nie znaleziono strony
        (?:страница|материал|статья) не найден[ао]?|не найдено|такой страницы (?:нет|не существует)
        (?:сторінку|матеріал|статтю) не знайдено|сторінка не (?:знайдена|існує)
        (?:aradığınız )?sayfa bulunamadı
        (?:sidan|artikeln) (?:hittades|kunde) inte(?: hittas)?|sidan finns inte
        (?:الصفحة|المقال) غير موجودة?|لم يتم العثور على الصفحة
        (?:页面|頁面|网页|網頁|文章)(?:不存在|未找到|找不到)|找不到(?:页面|頁面|网页|網頁)
        (?:お探しの)?(?:ページ|記事)(?:が|は)(?:見つかりません.{0,6}|ありません.{0,4}|存在しません.{0,4})
        (?:요청하신 )?페이지를 찾을 수 없습니다|존재하지 않는 (?:페이지|기사)입니다
    """,
    BROKEN: r"""
        (?:error|http|status)?\W*(?:40[0-35-9]|429|50[0-9]|52[0-9])
        (?:error|http|status)?\W*(?:4|5)\d\d\W+(?:error|bad (?:request|gateway)|forbidden|internal|server error).{0,60}
        (?:error|http|status)?\W*(?:4|5)\d\d\W+(?:unauthori[sz]ed|service (?:temporarily )?unavailable|gateway).{0,60}
        (?:error|http|status)?\W*(?:4|5)\d\d\W+(?:access denied|too many requests|web server|origin).{0,60}
        forbidden|bad (?:request|gateway)
        (?:internal )?server error|error
        (?:service|site) (?:is )?(?:temporarily )?unavailable|(?:site )?(?:under|down for|in) maintenance(?: mode)?
        gateway time-?out
        error establishing a database connection|database error|something went wrong|an error (?:has )?occurred
        technical difficulties
        wartungsarbeiten|wartungsmodus|interner serverfehler|es ist ein fehler aufgetreten|(?:site )?en maintenance
        erreur(?: interne)?(?: du serveur)?
        en mantenimiento|error (?:interno )?(?:del|en el) servidor|em manutenção|erro interno.{0,20}|in manutenzione
        errore (?:interno )?del server
        onderhoudswerkzaamheden|in onderhoud|er is iets (?:mis|fout) ?gegaan|błąd serwera|prace techniczne
        przerwa techniczna|ошибка(?: сервера)?
        технические работы.{0,20}
        помилка(?: сервера)?|технічні роботи.{0,20}|sunucu hatası|bakım çalışması
        ett fel (?:har )?(?:uppstod|inträffat)|خطأ في الخادم|حدث خطأ
        服务器(?:内部)?错误|伺服器錯誤|系统维护.{0,6}|サーバーエラー|メンテナンス中.{0,6}|서버 (?:오류|점검).{0,6}
        시스템 점검.{0,6}
    """,
    ROBOTS: r"""
        just a moment.{0,5}|attention required.{0,20}|.{0,20}are you (?:a )?(?:human|robot).{0,20}|robot check
        access (?:to .{0,60} )?(?:is |was |has been )?denied
        (?:vercel )?security (?:check(?:point)?|verification)|verify(?:ing)? (?:that )?you are (?:a )?human.{0,20}
        (?:re|h)?captcha|client challenge
        checking your browser.{0,40}|pardon our interruption.{0,5}|human verification|one moment, please.{0,5}
        you have been blocked|ddos-guard
        einen moment.{0,10}|sicherheits(?:überprüfung|abfrage)|zugriff verweigert|un instant.{0,5}
        vérification de sécurité|accès refusé
        un momento.{0,5}|verificación de seguridad|acceso denegado|um momento.{0,5}|verificação de segurança
        acesso negado|controllo di sicurezza
        accesso negato|een moment geduld.{0,5}|toegang geweigerd|chwileczkę.{0,5}|weryfikacja|odmowa dostępu
        (?:вы|ты) (?:не )?робот.{0,5}
        подождите.{0,20}|проверка (?:браузера|безопасности)|доступ (?:ограничен|запрещ[её]н)|доступ заборонено
        перевірка (?:браузера|безпеки)
        bir dakika lütfen.{0,5}|güvenlik (?:kontrolü|doğrulaması)|erişim engellendi|ett ögonblick.{0,5}
        säkerhetskontroll|åtkomst nekad
        لحظة من فضلك.{0,5}|التحقق من الأمان|تم رفض الوصول|请稍候.{0,5}|請稍候.{0,5}|安全(?:验证|驗證|检查)
        访问被拒绝|しばらくお待ちください.{0,5}
        セキュリティ(?:チェック|確認)|アクセスが拒否されました|잠시만 기다리(?:십시오|세요).{0,5}|보안 (?:확인|문자)
        접근이? (?:거부|차단).{0,10}
    """,
    CONSENT: r"""
        before you continue.{0,40}|(?:we (?:value|respect|care about) )?your privacy(?: (?:choices|matters).{0,20})?
        we (?:value|respect|care about) your privacy
        (?:cookie|privacy|consent)s?(?: (?:consent|settings|preferences|choices|wall|notice|policy))?
        consent management|manage (?:your )?(?:cookies|consent)
        datenschutz(?:einstellungen|hinweise)?|zustimmung|einwilligung|(?:weiterlesen )?mit werbung(?: weiterlesen)?
        cookie-einstellungen|bevor sie fortfahren.{0,30}
        (?:nous respectons )?votre vie privée|gestion des cookies|consentement|avant de continuer.{0,30}
        paramètres (?:de confidentialité|des cookies)
        (?:respetamos )?(?:su|tu) privacidad|configuración de (?:cookies|privacidad)|antes de continuar.{0,30}
        aviso de cookies
        (?:valorizamos )?(?:a )?sua privacidade|definições de (?:cookies|privacidade)|aviso de privacidade
        antes de prosseguir.{0,30}
        (?:rispettiamo )?(?:la )?(?:tua|vostra) privacy|impostazioni (?:dei cookie|sulla privacy)
        prima di continuare.{0,30}
        (?:wij respecteren )?(?:je|uw|jouw) privacy|(?:cookie|privacy)-?instellingen|voordat je verdergaat.{0,30}
        cookies accepteren
        (?:szanujemy |dbamy o )?(?:twoją|twoja) prywatność|ustawienia (?:plików cookie|prywatności)
        zanim przejdziesz dalej.{0,30}
        (?:ваша )?конфиденциальность|согласие на обработку.{0,40}
        настройки (?:cookie|файлов cookie|конфиденциальности)
        (?:ваша )?конфіденційність|налаштування (?:cookie|файлів cookie|конфіденційності)
        gizliliğiniz(?: bizim için)? önemli(?:dir)?|çerez (?:ayarları|politikası|tercihleri)
        gizlilik (?:ayarları|tercihleri)
        (?:vi värnar om )?din integritet|cookie-?inställningar|innan du fortsätter.{0,30}
        خصوصيتك.{0,20}|إعدادات (?:ملفات تعريف الارتباط|الخصوصية)|(?:您的|你的)?(?:隐私|隱私)(?:设置|設定|权)?
        cookie ?(?:设置|設定|同意)
        (?:プライバシー|クッキー)(?:の)?設定|cookie ?の(?:設定|使用).{0,10}|(?:개인정보|쿠키) ?(?:설정|동의).{0,10}
    """,
    LOGIN: r"""
        (?:please )?(?:log|sign)[ -]?(?:in|on)(?: (?:to|or|-|with) .{0,60})?|(?:create|register) (?:an|your) account
        login required|member login
        (?:bitte )?(?:anmelden|einloggen)|anmeldung|(?:jetzt )?registrieren|connexion
        (?:se connecter|identifiez-vous|connectez-vous).{0,40}
        (?:iniciar|inicia|inicie) (?:sesión|sessão).{0,40}|acceder|iniciar sessão|fazer login|entrar|accedi|accesso
        inloggen|log in om verder te lezen
        zaloguj się.{0,30}|logowanie|вход|войти|авторизация|вхід|увійти|авторизація|giriş(?: yap)?|üye girişi|logga in
        تسجيل الدخول
        登录|登入|登錄|ログイン|会員ログイン|로그인
    """,
    PAYWALL: r"""
        (?:please )?subscribe (?:to|and) (?:read|continue|keep reading).{0,40}|subscription required|subscribers? only
        for subscribers only|this article is for (?:paying )?subscribers.{0,20}
        (?:jetzt )?weiterlesen mit .{0,20}(?:abo|plus|\+).{0,20}|nur für abonnenten|abonnement|réservé aux abonnés
        abonnez-vous.{0,40}
        (?:contenido )?(?:exclusivo|solo) para suscriptores|suscríbete.{0,40}|(?:conteúdo )?exclusivo para assinantes
        (?:contenuto )?riservato agli abbonati
        alleen voor abonnees|tylko dla (?:prenumeratorów|subskrybentów)|(?:только )?для подписчиков
        (?:лише |тільки )?для передплатників
        sadece aboneler(?: için)?|(?:endast )?för prenumeranter|للمشتركين فقط|仅限订阅(?:者|用户)
        僅限訂閱(?:者|用戶)|会員限定(?:記事)?
        有料会員限定.{0,6}|구독자 전용.{0,6}
    """,
    SEARCH: r"""
        search|search results?\b.{0,100}|(?:\d+ )?results for ["“”'‘«:].{0,100}|\d+ results.{0,100}
        you searched for .{0,100}|suche
        such(?:ergebnisse?|resultate)\b.{0,80}|recherche|résultats (?:de (?:la |votre )?recherche|pour ["«:])\b.{0,80}
        búsqueda|resultados (?:de (?:la |su )?búsqueda|da (?:pesquisa|busca))\b.{0,80}
        risultati (?:della|di) ricerca\b.{0,80}
        zoeken|zoekresultaten\b.{0,80}
        szukaj|wyniki wyszukiwania\b.{0,80}|поиск|результаты поиска\b.{0,80}|пошук|результати пошуку\b.{0,80}
        arama(?: sonuçları\b.{0,80})?|sök(?:resultat\b.{0,80})?
        بحث|نتائج البحث.{0,80}|搜索(?:结果.{0,40})?|搜尋(?:結果.{0,40})?|検索(?:結果.{0,40})?|검색(?: ?결과.{0,40})?
    """,
    INDEX: r"""
        (?:category|tag|author|topic)(?: archives?)?: .{1,80}|archives? for .{1,80}
        (?:kategorie|schlagwort|autor)(?:[- ]?archive?)?: .{1,80}
        (?:catégorie|étiquette|auteur|mot-clé) ?: .{1,80}|(?:categoría|etiqueta|autor): .{1,80}
        (?:categoria|tag|autore): .{1,80}
        (?:kategoria|archiwa tagu): .{1,80}|(?:рубрика|метка|архивы?): .{1,80}|(?:kategori|etiket|yazar): .{1,80}
    """,
}  # fmt: skip
TITLES = compiled(_TITLES, r"\W*{}\W*")
